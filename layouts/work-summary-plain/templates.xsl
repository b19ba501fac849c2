<?xml version="1.0" encoding="UTF-8"?>
<!-- 与工作总结相同，只是没有公开信息栏。 As the work summary, without the block. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="../work-summary/templates.xsl"/>
  <xsl:variable name="block" select="false()"/>
</xsl:stylesheet>
