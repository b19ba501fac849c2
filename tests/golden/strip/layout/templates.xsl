<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:f="urn:genpdf:functions"
                xmlns="urn:genpdf:layout" exclude-result-prefixes="f">
  <xsl:template match="/record">
    <document title="{title}" date="{signature/date/@when}">
      <section page="strip">
        <p style="spread"><xsl:apply-templates select="title/node()"/></p>
        <xsl:apply-templates select="body/p | body/section"/>
        <xsl:apply-templates select="signature"/>
        <group at="bottom"><xsl:apply-templates select="distribution/to"/></group>
      </section>
    </document>
  </xsl:template>
  <xsl:template match="p"><p style="paragraph"><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="p[em]"><p style="whole"><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="section">
    <xsl:if test="preceding-sibling::section"><break/></xsl:if>
    <p style="heading"><xsl:value-of select="f:han(count(preceding-sibling::section) + 1)"/>、<xsl:apply-templates select="heading/node()"/></p>
    <rule height="0.4mm" width="20mm" colour="red"/>
    <xsl:apply-templates select="p | item"/>
  </xsl:template>
  <xsl:template match="item">
    <p style="item"><xsl:apply-templates select="p/node()"/>
      <xsl:for-each select="responsible"><trailer><xsl:apply-templates/></trailer></xsl:for-each></p>
  </xsl:template>
  <xsl:template match="signature">
    <group style="inset">
      <p style="sign"><spread width="4em"><xsl:apply-templates select="issuing-authority/node()"/></spread></p>
      <p style="sign"><xsl:value-of select="f:date(date/@when)"/></p>
    </group>
  </xsl:template>
  <xsl:template match="to"><p style="body"><xsl:value-of select="@label"/><hang/><xsl:apply-templates/></p></xsl:template>
</xsl:stylesheet>
