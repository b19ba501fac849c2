<?xml version="1.0" encoding="UTF-8"?>
<!-- 会议报道：引题、标题、副题、署名行，正文，落款。推得的标题在文件属性里说明。
     A news item: kicker, title, subtitle, byline, body, signature. The PDF's subject says when the title is a derived one. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">
  <xsl:import href="../base/templates.xsl"/>

  <xsl:template match="/record">
    <xsl:variable name="title">
      <xsl:apply-templates select="title" mode="plain"/>
    </xsl:variable>
    <xsl:variable name="authorities">
      <xsl:call-template name="authorities"/>
    </xsl:variable>
    <xsl:variable name="date">
      <xsl:call-template name="document-date"/>
    </xsl:variable>
    <xsl:variable name="subject">
      <xsl:call-template name="subject"/>
    </xsl:variable>
    <document title="{$title}" author="{$authorities}" subject="{$subject}" date="{$date}">
      <xsl:call-template name="facts"/>
      <section page="body">
        <xsl:apply-templates select="head/kicker"/>
        <xsl:apply-templates select="title[@value or normalize-space(.)]"/>
        <xsl:apply-templates select="subtitle"/>
        <xsl:apply-templates select="byline"/>
        <xsl:apply-templates select="body"/>
        <xsl:apply-templates select="attachments-note"/>
        <xsl:apply-templates select="signature"/>
        <xsl:apply-templates select="annotation"/>
        <xsl:apply-templates select="distribution"/>
      </section>
    </document>
  </xsl:template>

  <xsl:template name="subject">
    <xsl:value-of select="metadata/subject/@value"/>
    <xsl:if test="metadata/subject and title/@source = 'derived'">；</xsl:if>
    <xsl:choose>
      <xsl:when test="not(title/@source = 'derived')"/>
      <xsl:when test="starts-with(@xml:lang, 'zh-Hant')">標題非原文所有，據相關鏈接擬定</xsl:when>
      <xsl:otherwise>标题非原文所有，据相关链接拟定</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- 推得的标题是值，不是原文 a derived title is a value, no text of the source -->
  <xsl:template match="title[@value]" mode="plain">
    <xsl:value-of select="@value"/>
  </xsl:template>
  <xsl:template match="title[@value]">
    <p style="title-last"><xsl:value-of select="@value"/></p>
  </xsl:template>

  <!-- 标题之后有副题或署名行的，间距在它们之后 -->
  <xsl:template match="title[../subtitle or ../byline]" priority="2">
    <p style="title"><xsl:apply-templates select="." mode="words"/></p>
  </xsl:template>
  <xsl:template match="title" mode="words">
    <xsl:value-of select="@value"/>
    <xsl:apply-templates/>
  </xsl:template>
  <xsl:template match="title[line]" mode="words">
    <xsl:for-each select="line">
      <xsl:if test="position() &gt; 1"><br/></xsl:if>
      <xsl:apply-templates/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="kicker">
    <p style="kicker"><xsl:apply-templates/></p>
  </xsl:template>
  <xsl:template match="subtitle">
    <p style="subtitle"><xsl:apply-templates/></p>
    <xsl:if test="not(../byline)"><space height="1行" style="body"/></xsl:if>
  </xsl:template>
  <xsl:template match="byline">
    <p style="byline"><xsl:apply-templates/></p>
  </xsl:template>
  <xsl:template match="dateline">
    <span style="dateline"><xsl:apply-templates/></span>
  </xsl:template>

</xsl:stylesheet>
