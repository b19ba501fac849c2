<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">
  <xsl:template match="/record">
    <document title="{title}"><section page="strip"><xsl:apply-templates select="title | body/section/heading | body/section/p"/></section></document>
  </xsl:template>
  <xsl:template match="title | heading | p"><p style="body"><xsl:apply-templates/></p></xsl:template>
</xsl:stylesheet>
