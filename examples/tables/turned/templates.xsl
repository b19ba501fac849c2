<?xml version="1.0" encoding="UTF-8"?>
<!-- 两层表头：资金、进度各跨数栏，其余各栏的表头跨两行。
     Two header rows: money and progress span several columns, other headers span both rows. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">
  <xsl:import href="../responsibility-table/templates.xsl"/>

  <xsl:template match="tasks">
    <table style="cell" frame="1pt" grid="0.5pt" header-rule="1pt" pad-x="0.8mm" pad-y="2.5pt" cut-suffix="（续）">
      <xsl:for-each select="columns/*">
        <xsl:choose>
          <xsl:when test="self::number"><col width="10mm"/></xsl:when>
          <xsl:when test="self::task"><col width="3*"/></xsl:when>
          <xsl:when test="self::unit"><col width="25mm"/></xsl:when>
          <xsl:when test="self::extra"><col width="13.5mm"/></xsl:when>
          <xsl:otherwise><col width="19mm"/></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
      <continued style="continued">续表</continued>
      <header>
        <row height="9mm">
          <xsl:for-each select="columns/*">
            <xsl:choose>
              <xsl:when test="self::extra and not(preceding-sibling::extra)"><cell colspan="5" style="cell-head" tint="head">资金（万元）</cell></xsl:when>
              <xsl:when test="self::extra and count(preceding-sibling::extra) = 5"><cell colspan="4" style="cell-head" tint="head">分季进度（％）</cell></xsl:when>
              <xsl:when test="self::extra"/>
              <xsl:otherwise><cell rowspan="2" style="cell-head" tint="head"><xsl:apply-templates/></cell></xsl:otherwise>
            </xsl:choose>
          </xsl:for-each>
        </row>
        <row height="8mm">
          <xsl:for-each select="columns/extra"><cell style="cell-head" tint="head"><xsl:apply-templates/></cell></xsl:for-each>
        </row>
      </header>
      <xsl:apply-templates select="theme | task | total"/>
    </table>
  </xsl:template>

  <!-- 数字右对齐 figures to the right -->
  <xsl:template match="columns/extra" mode="cell">
    <xsl:param name="task"/>
    <cell style="cell-figure"><xsl:apply-templates select="$task/extra[count(current()/preceding-sibling::extra) + 1]/node()"/></cell>
  </xsl:template>
</xsl:stylesheet>
