<?xml version="1.0" encoding="UTF-8"?>
<!-- 每个部分一行标题，其下每条一行。 A row for each part, below it a row for each item. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">
  <xsl:import href="../monthly-plan-9704/templates.xsl"/>

  <!-- 表头用原文的引语（负责科室：）；各项只有这一种引语时，格里不再印 -->
  <xsl:variable name="marks" select="'：:（('"/>
  <xsl:variable name="lead" select="translate(/record/body//responsible[@role = 'responsible'][@label][1]/@label, $marks, '')"/>

  <xsl:template match="body">
    <xsl:apply-templates select="p"/>
    <table style="cell" frame="1pt" grid="0.5pt" pad-x="1.5mm" pad-y="3pt" cut-suffix="（续）">
      <col width="12mm"/>
      <col width="1*"/>
      <col width="38mm"/>
      <header>
        <row>
          <cell style="cell-head">序号</cell>
          <cell style="cell-head">工作内容</cell>
          <cell style="cell-head">
            <xsl:choose>
              <xsl:when test="$lead != ''"><xsl:value-of select="$lead"/></xsl:when>
              <xsl:otherwise>责任单位</xsl:otherwise>
            </xsl:choose>
          </cell>
        </row>
      </header>
      <xsl:apply-templates select="section"/>
      <xsl:for-each select="../signature[not(../attachments-note)]">
        <xsl:call-template name="signature-lines">
          <xsl:with-param name="as" select="'note'"/>
          <xsl:with-param name="first" select="'signature-below'"/>
        </xsl:call-template>
      </xsl:for-each>
    </table>
  </xsl:template>

  <xsl:template match="section">
    <row keep="next">
      <cell colspan="3" style="cell-part"><xsl:value-of select="@number"/><xsl:apply-templates select="heading"/></cell>
    </row>
    <xsl:for-each select="p">
      <row>
        <cell colspan="3" style="cell"><xsl:apply-templates/></cell>
      </row>
    </xsl:for-each>
    <xsl:apply-templates select="section | item"/>
  </xsl:template>

  <xsl:template match="section/heading">
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="item">
    <row>
      <cell style="cell-centre"><xsl:value-of select="@number"/></cell>
      <cell>
        <xsl:for-each select="p">
          <p style="cell"><xsl:apply-templates/></p>
        </xsl:for-each>
      </cell>
      <cell>
        <xsl:for-each select="responsible">
          <p style="cell">
            <!-- 有牵头、有配合的，各印引语；没有引语的按角色写出 -->
            <xsl:if test="count(../responsible) &gt; 1 or @role != 'responsible' or translate(@label, $marks, '') != $lead">
              <xsl:call-template name="role"/>
            </xsl:if>
            <xsl:apply-templates/>
          </p>
        </xsl:for-each>
      </cell>
    </row>
  </xsl:template>

  <xsl:template name="role">
    <xsl:choose>
      <xsl:when test="@label"><xsl:value-of select="@label"/></xsl:when>
      <xsl:when test="@role = 'lead'">牵头：</xsl:when>
      <xsl:when test="@role = 'cooperating'">配合：</xsl:when>
      <xsl:when test="count(../responsible) &gt; 1">负责：</xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- 落款随表的末行，不单独成页 (GB/T 9704-2012, 7.3.5.5) the signature stays on the page of the table's last row -->
  <xsl:template match="signature[not(../attachments-note)]"/>
</xsl:stylesheet>
