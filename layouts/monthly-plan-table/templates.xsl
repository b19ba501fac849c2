<?xml version="1.0" encoding="UTF-8"?>
<!-- 每个部分一行标题，其下每条一行。 A row for each part, below it a row for each item. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">
  <xsl:import href="../monthly-plan-9704/templates.xsl"/>

  <xsl:template match="body">
    <xsl:apply-templates select="p"/>
    <table style="cell" frame="1pt" grid="0.5pt" pad-y="3pt" cut-suffix="（续）">
      <col width="12mm"/>
      <col width="1*"/>
      <col width="38mm"/>
      <header>
        <row>
          <cell style="cell-head">序号</cell>
          <cell style="cell-head">工作内容</cell>
          <cell style="cell-head">责任单位</cell>
        </row>
      </header>
      <xsl:apply-templates select="section"/>
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
          <p style="cell"><xsl:apply-templates/></p>
        </xsl:for-each>
      </cell>
    </row>
  </xsl:template>
</xsl:stylesheet>
