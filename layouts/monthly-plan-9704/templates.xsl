<?xml version="1.0" encoding="UTF-8"?>
<!-- 与月度计划相同，只是发送机关排到末页版心底部，上下有线（惯例：0.35mm）。 As the monthly plan; the distribution stands at the
     foot of the last page between two rules. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">
  <xsl:import href="../monthly-plan/templates.xsl"/>

  <xsl:template match="distribution">
    <group at="bottom">
      <rule height="0.35mm"/>
      <xsl:apply-templates select="*"/>
      <rule height="0.35mm"/>
    </group>
  </xsl:template>
</xsl:stylesheet>
