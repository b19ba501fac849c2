<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">
  <xsl:import href="../responsibility-table/templates.xsl"/>

  <xsl:template match="tasks">
    <table style="cell" split="lines" min-lines="2" frame="1.5pt" grid="0.5pt" header-rule="0.75pt" pad-x="1mm" pad-y="2.5pt" valign="middle"
           cut-suffix="（续）">
      <col width="12mm"/><col width="11mm"/><col width="3*"/><col width="34mm"/><col width="17mm"/><col width="17mm"/>
      <continued style="continued">续表</continued>
      <header>
        <row height="9mm"><xsl:apply-templates select="columns/*" mode="header"/></row>
      </header>
      <xsl:apply-templates select="theme | task | total"/>
    </table>
  </xsl:template>
</xsl:stylesheet>
