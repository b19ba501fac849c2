<?xml version="1.0" encoding="UTF-8"?>
<!-- 通知：正文，署名；被印发的文件和每个附件各自另面；表用责任分解表的模板。
     A notice: body, signature; the issued text and every attachment on a page of its own; tables by the templates of responsibility tables. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">
  <xsl:import href="../responsibility-table/templates.xsl"/>

  <xsl:template match="/record">
    <xsl:variable name="title">
      <xsl:apply-templates select="title" mode="plain"/>
    </xsl:variable>
    <xsl:variable name="authorities">
      <xsl:call-template name="authorities"/>
    </xsl:variable>
    <xsl:variable name="date">
      <xsl:call-template name="document-date"/>
    </xsl:variable>
    <document title="{$title}" author="{$authorities}" subject="{metadata/subject/@value}" date="{$date}">
      <xsl:call-template name="facts"/>
      <section page="body">
        <xsl:apply-templates select="*[not(self::issued or self::attachment or preceding-sibling::issued or preceding-sibling::attachment)]"/>
        <xsl:if test="not(issued or attachment)"/>
      </section>
      <xsl:apply-templates select="issued | attachment" mode="page"/>
    </document>
  </xsl:template>

  <!-- ==== pages of their own ==== -->

  <xsl:template match="issued" mode="page">
    <section page="body">
      <xsl:apply-templates select="*[not(self::attachment)]"/>
      <xsl:call-template name="after-all"/>
    </section>
    <xsl:apply-templates select="attachment" mode="page"/>
  </xsl:template>

  <!-- 栏多于八个，或有目标、措施两栏的，横排 wide tables are turned -->
  <xsl:template match="attachment" mode="page">
    <section page="body">
      <xsl:apply-templates select="*"/>
      <xsl:call-template name="after-all"/>
    </section>
  </xsl:template>
  <xsl:template match="attachment[body/tasks/columns[count(*) &gt; 8 or (goal and measure)]]" mode="page">
    <section page="wide">
      <xsl:apply-templates select="*"/>
      <xsl:call-template name="after-all"/>
    </section>
  </xsl:template>

  <!-- 全文之后的版记，排在最后一个附件之后 what stands behind everything, on the last page -->
  <xsl:template name="after-all">
    <xsl:variable name="record" select="/record"/>
    <xsl:variable name="last" select="($record/issued | $record/attachment | $record/issued/attachment)[last()]"/>
    <xsl:if test="count(. | $last) = 1 and not(attachment)">
      <xsl:apply-templates select="($record/issued | $record/attachment)[last()]/following-sibling::*"/>
    </xsl:if>
  </xsl:template>

  <!-- ==== head ==== -->

  <xsl:template match="head/document-number | head/date">
    <p style="imprint"><xsl:apply-templates select="self::date" mode="words"/><xsl:apply-templates select="self::document-number/node()"/></p>
  </xsl:template>

  <!-- 网页信息栏 metadata of a web page -->
  <xsl:template match="metadata"/>

  <!-- ==== attachments ==== -->

  <xsl:template match="attachment/attachment-label">
    <p style="attachment-label"><xsl:apply-templates/></p>
    <space height="1行" style="body"/>
  </xsl:template>
  <xsl:template match="attachment[body/tasks]/title">
    <p style="title-table"><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="distribution">
    <group at="bottom">
      <rule height="0.35mm"/>
      <xsl:apply-templates select="to"/>
      <xsl:if test="print-office"><rule height="0.25mm"/></xsl:if>
      <xsl:apply-templates select="print-office"/>
      <rule height="0.35mm"/>
    </group>
  </xsl:template>
  <xsl:template match="print-office">
    <p style="distribution"><xsl:apply-templates/></p>
  </xsl:template>
</xsl:stylesheet>
