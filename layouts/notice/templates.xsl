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

  <!-- 发文机关标志：上边缘至版心上边缘 35mm，红色小标宋；下空二行是发文字号；其下 4mm 是红线 (7.2.4, 7.2.5, 7.2.7) -->
  <xsl:template match="head/red-head">
    <p style="red-gap"><space width="0em"/></p>
    <p style="red-head"><xsl:apply-templates/></p>
    <xsl:choose>
      <xsl:when test="following-sibling::*[1]/self::document-number"><space height="2行" style="body"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="red-rule"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="red-rule">
    <space height="4.27mm"/>
    <rule height="0.7mm" colour="red"/>
    <space height="2行" style="body"/>
  </xsl:template>
  <xsl:template match="head/document-number[preceding-sibling::*[1]/self::red-head]" priority="1">
    <p style="document-number"><xsl:apply-templates/></p>
    <xsl:call-template name="red-rule"/>
  </xsl:template>

  <xsl:template match="head/document-number | head/date">
    <p style="imprint"><xsl:apply-templates select="self::date" mode="words"/><xsl:apply-templates select="self::document-number/node()"/></p>
  </xsl:template>

  <!-- 网页信息栏 metadata of a web page -->
  <xsl:template match="metadata"/>

  <!-- 署名不单独在一面：与正文末段同面 (7.3.5.5) the signature never stands on a page without text -->
  <xsl:template match="body[following-sibling::*[1]/self::signature]/p[not(following-sibling::*[1])]">
    <p style="paragraph-last"><xsl:apply-templates/></p>
  </xsl:template>

  <!-- ==== attachments ==== -->

  <xsl:template match="attachment/attachment-label">
    <p style="attachment-label"><xsl:apply-templates/></p>
    <space height="1行" style="body"/>
  </xsl:template>
  <xsl:template match="attachment[body/tasks]/title">
    <p style="title-table"><xsl:apply-templates/></p>
  </xsl:template>

  <!-- 版心只有 156mm：窄栏按字数给宽，其余归任务 the measure is narrow: short columns as wide as their words -->
  <xsl:template match="attachment//columns[task and count(*) &gt; 5 and count(*) &lt; 9]/theme" mode="width">21mm</xsl:template>
  <xsl:template match="attachment//columns[task and count(*) &gt; 5 and count(*) &lt; 9]/unit" mode="width">20mm</xsl:template>
  <xsl:template match="attachment//columns[task and count(*) &gt; 5 and count(*) &lt; 9]/person" mode="width">13mm</xsl:template>
  <xsl:template match="attachment//columns[task and count(*) &gt; 5 and count(*) &lt; 9]/leader" mode="width">17mm</xsl:template>

  <xsl:template match="columns/due" mode="cell">
    <xsl:param name="task"/>
    <cell style="cell-due"><xsl:apply-templates select="$task/due"/></cell>
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
    <p style="distribution">
      <xsl:apply-templates/>
      <xsl:if test="following-sibling::*[1]/self::print-date">
        <trailer><xsl:apply-templates select="following-sibling::print-date[1]/node()"/></trailer>
      </xsl:if>
    </p>
  </xsl:template>
</xsl:stylesheet>
