<?xml version="1.0" encoding="UTF-8"?>
<!-- 月度计划：全部用公用模板。 A monthly plan: everything is in the shared templates. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="../base/templates.xsl"/>
</xsl:stylesheet>
