<?xml version="1.0" encoding="UTF-8"?>
<!-- 简报：报头、目录、按语、栏目、各篇、版记。
     A bulletin: masthead, contents, editor's note, columns, articles, distribution. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:f="urn:genpdf:functions"
                xmlns="urn:genpdf:layout" exclude-result-prefixes="f">
  <xsl:import href="../base/templates.xsl"/>

  <!-- 书眉里的文章标题，至多这么多字 -->
  <xsl:variable name="head-length" select="36"/>

  <xsl:template match="/record">
    <xsl:variable name="authorities"><xsl:apply-templates select="head/issuing-authority" mode="listed"/></xsl:variable>
    <document title="{head/name} {head/issue}" author="{$authorities}" subject="{metadata/subject/@value}" date="{head/date/@when}">
      <xsl:call-template name="facts"/>
      <section page="body">
        <xsl:apply-templates select="head"/>
        <xsl:apply-templates select="contents"/>
        <xsl:apply-templates select="editor-note"/>
        <xsl:apply-templates select="body"/>
        <xsl:apply-templates select="distribution"/>
      </section>
    </document>
  </xsl:template>

  <!-- ==== 报头 ==== -->

  <xsl:template match="head">
    <xsl:apply-templates select="security-classification | handling"/>
    <xsl:apply-templates select="name"/>
    <xsl:apply-templates select="issue"/>
    <!-- 编印单位居左，日期居右；单位不止一个的各占一行，日期在末行 -->
    <xsl:for-each select="issuing-authority">
      <p style="masthead-line">
        <space width="1em"/><xsl:apply-templates/>
        <xsl:if test="not(following-sibling::issuing-authority[1]) and ../date">
          <trailer><xsl:apply-templates select="../date" mode="words"/><space width="1em"/></trailer>
        </xsl:if>
      </p>
    </xsl:for-each>
    <space height="3pt"/>
    <rule height="1mm" colour="red"/>
  </xsl:template>

  <xsl:template match="security-classification | handling">
    <p style="handling"><xsl:apply-templates/></p>
  </xsl:template>

  <!-- 报名：字少的大而疏，字多的小 -->
  <xsl:template match="head/name">
    <xsl:variable name="length" select="string-length(normalize-space(.))"/>
    <xsl:choose>
      <xsl:when test="$length &lt;= 7">
        <p style="masthead"><xsl:call-template name="issue-mark"/><spread width="{$length * 1.28 - 0.28}em"><xsl:apply-templates/></spread></p>
      </xsl:when>
      <xsl:when test="$length &lt;= 10"><p style="masthead"><xsl:call-template name="issue-mark"/><xsl:apply-templates/></p></xsl:when>
      <xsl:when test="$length &lt;= 12"><p style="masthead-long"><xsl:call-template name="issue-mark"/><xsl:apply-templates/></p></xsl:when>
      <xsl:otherwise><p style="masthead-longest"><xsl:call-template name="issue-mark"/><xsl:apply-templates/></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="issue-mark">
    <!-- 没有文章的页，书眉也是报名和期号 -->
    <mark name="article"><xsl:value-of select="../name"/>　<xsl:value-of select="../issue"/></mark>
    <mark name="issue"><xsl:value-of select="../name"/>　<xsl:value-of select="../issue"/></mark>
  </xsl:template>

  <xsl:template match="issue">
    <p style="issue"><xsl:apply-templates/></p>
  </xsl:template>

  <!-- ==== 目录：各篇标题、引导点、页码 ==== -->

  <xsl:template match="contents">
    <xsl:if test="@label"><p style="contents-title"><xsl:value-of select="@label"/></p></xsl:if>
    <xsl:apply-templates select="../body/*" mode="contents"/>
    <space height="10pt"/>
    <rule height="0.2mm"/>
    <space height="8pt"/>
  </xsl:template>

  <xsl:template match="section" mode="contents">
    <!-- 此处是重复：栏目名称排在栏目处。从 contents 处取，才不算这段文字已经排出 -->
    <xsl:variable name="column" select="concat(@number, normalize-space(heading))"/>
    <p style="contents-column"><xsl:for-each select="/record/contents"><xsl:value-of select="$column"/></xsl:for-each></p>
    <xsl:apply-templates select="include" mode="contents"/>
  </xsl:template>

  <xsl:template match="p" mode="contents"/>
  <xsl:template match="include" mode="contents">
    <p style="contents-entry">
      <link href="{@href}">
        <xsl:value-of select="f:included(@href, 'title')"/>
        <leader text="…" style="leader"/>
        <span style="contents-number"><page-of href="{@href}"/></span>
      </link>
    </p>
  </xsl:template>

  <!-- ==== 按语 ==== -->

  <xsl:template match="editor-note">
    <xsl:if test="not(../contents)"><space height="0.5行" style="body"/></xsl:if>
    <xsl:apply-templates select="p"/>
  </xsl:template>
  <xsl:template match="editor-note/p">
    <p style="note">
      <xsl:if test="not(preceding-sibling::p[1])"><span style="note-label"><xsl:value-of select="../@label"/></span></xsl:if>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <!-- ==== 栏目和各篇 ==== -->

  <xsl:template match="body/section">
    <group role="section">
      <p style="column"><xsl:value-of select="@number"/><xsl:apply-templates select="heading/node()"/></p>
      <rule height="0.35mm" colour="red"/>
      <space height="8pt"/>
      <xsl:apply-templates select="p | include"/>
    </group>
  </xsl:template>

  <xsl:template match="include">
    <xsl:variable name="title" select="f:included(@href, 'title')"/>
    <xsl:variable name="short">
      <xsl:value-of select="substring($title, 1, $head-length)"/>
      <xsl:if test="string-length($title) &gt; $head-length">…</xsl:if>
    </xsl:variable>
    <include href="{@href}" style="article" mark="article" title="{$short}" outline="{1 + count(ancestor::section)}"/>
  </xsl:template>

  <!-- ==== 版记 ==== -->

  <xsl:template match="distribution">
    <group at="bottom">
      <rule height="0.35mm"/>
      <xsl:apply-templates select="to"/>
      <xsl:if test="credit | print-office | copies"><rule height="0.25mm"/></xsl:if>
      <xsl:apply-templates select="credit"/>
      <xsl:if test="print-office">
        <p style="distribution-line">
          <xsl:apply-templates select="print-office/node()"/>
          <trailer><xsl:apply-templates select="print-date/node()"/></trailer>
        </p>
      </xsl:if>
      <xsl:apply-templates select="copies"/>
      <rule height="0.35mm"/>
    </group>
  </xsl:template>
  <xsl:template match="credit">
    <p style="distribution"><xsl:value-of select="@label"/><hang/><xsl:apply-templates/></p>
  </xsl:template>
  <xsl:template match="copies">
    <p style="distribution-line"><trailer><xsl:apply-templates/></trailer></p>
  </xsl:template>
</xsl:stylesheet>
