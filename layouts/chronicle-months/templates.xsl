<?xml version="1.0" encoding="UTF-8"?>
<!-- 与大事记相同，只是印月份标题。 As the chronicle, with month headings. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="../chronicle/templates.xsl"/>
  <xsl:variable name="month-heads" select="true()"/>
</xsl:stylesheet>
