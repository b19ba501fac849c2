<?xml version="1.0" encoding="UTF-8"?>
<!-- Every heading is a mark; the marks say what the heading says, and text of the record in them is no second placing. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">
  <xsl:template match="/record">
    <document title="{title}">
      <section page="strip">
        <p style="body"><xsl:apply-templates select="title/node()"/></p>
        <xsl:apply-templates select="body/section"/>
      </section>
    </document>
  </xsl:template>
  <xsl:template match="section">
    <p style="heading"><mark name="part"><xsl:value-of select="heading"/></mark><xsl:apply-templates select="heading/node()"/></p>
    <xsl:apply-templates select="p"/>
  </xsl:template>
  <xsl:template match="p"><p style="body"><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="em">
    <mark name="late" outline="2">
      <xsl:value-of select="."/>
    </mark>
    <xsl:apply-templates/>
  </xsl:template>
</xsl:stylesheet>
