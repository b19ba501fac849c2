<?xml version="1.0" encoding="UTF-8"?>
<!-- 各文种共用的模板：题头、标题、段落、署名、抄送、行内成分。
     Templates that all kinds share: head, title, paragraphs, signature, distribution, inlines. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:f="urn:genpdf:functions"
                xmlns="urn:genpdf:layout" exclude-result-prefixes="f">

  <xsl:template match="text()">
    <xsl:value-of select="."/>
  </xsl:template>

  <!-- ==== the document ==== -->

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
    <document title="{$title}" author="{$authorities}" subject="{metadata/subject/@value}" date="{$date}">
      <xsl:call-template name="facts"/>
      <section page="body">
        <xsl:apply-templates select="head"/>
        <xsl:apply-templates select="title"/>
        <xsl:apply-templates select="body"/>
        <xsl:apply-templates select="attachments-note"/>
        <xsl:apply-templates select="signature | date"/>
        <xsl:apply-templates select="annotation"/>
        <xsl:apply-templates select="distribution"/>
      </section>
    </document>
  </xsl:template>

  <!-- 文件属性里其余的事实：类别、发文字号、索引号、发布日期 what else the file says of the document -->
  <xsl:template name="facts">
    <xsl:variable name="number" select="metadata/identifier[@type = 'document-number']"/>
    <xsl:variable name="index" select="metadata/identifier[@type = 'index']"/>
    <xsl:attribute name="keywords">
      <xsl:apply-templates select="metadata/category/@value | metadata/category[not(@value)]" mode="listed"/>
    </xsl:attribute>
    <xsl:attribute name="number"><xsl:value-of select="($number/@value | $number[not(@value)] | head/document-number)[1]"/></xsl:attribute>
    <xsl:attribute name="index"><xsl:value-of select="($index/@value | $index[not(@value)])[1]"/></xsl:attribute>
    <xsl:attribute name="published"><xsl:value-of select="metadata/date[@type = 'published']/@when"/></xsl:attribute>
  </xsl:template>

  <!-- 文件属性里的发文机关：题头的，或署名的，或元数据的。换行空白由程序整理。 -->
  <xsl:template name="authorities">
    <xsl:choose>
      <xsl:when test="head/issuing-authority">
        <xsl:apply-templates select="head/issuing-authority" mode="listed"/>
      </xsl:when>
      <xsl:when test="signature/issuing-authority">
        <xsl:apply-templates select="signature/issuing-authority" mode="listed"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="metadata/issuing-authority/@value" mode="listed"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="issuing-authority | category | @value" mode="listed">
    <xsl:if test="position() &gt; 1">、</xsl:if>
    <xsl:value-of select="."/>
  </xsl:template>

  <!-- 成文日期：署名处的，或另有的，或元数据的 -->
  <xsl:template name="document-date">
    <xsl:choose>
      <xsl:when test="signature/date"><xsl:value-of select="signature/date/@when"/></xsl:when>
      <xsl:when test="date"><xsl:value-of select="date/@when"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="metadata/date[@type = 'issued']/@when"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- 标题的字，用于文件属性 -->
  <xsl:template match="title[line]" mode="plain">
    <xsl:apply-templates select="line" mode="plain"/>
  </xsl:template>
  <xsl:template match="br[@role = 'slogan']" mode="plain">
    <xsl:text> </xsl:text>
  </xsl:template>
  <xsl:template match="date[not(normalize-space(.))]" mode="plain">
    <xsl:value-of select="f:date(@when)"/>
  </xsl:template>

  <!-- ==== head and title ==== -->

  <xsl:template match="head">
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <xsl:template match="head/issuing-authority">
    <p style="issuer"><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="title">
    <p style="title-last"><xsl:apply-templates/></p>
  </xsl:template>

  <!-- 自己定行的标题 a title with its lines set by hand -->
  <xsl:template match="title[line]">
    <p style="title-last">
      <xsl:for-each select="line">
        <xsl:if test="position() &gt; 1"><br/></xsl:if>
        <xsl:apply-templates/>
      </xsl:for-each>
    </p>
  </xsl:template>

  <xsl:template match="subtitle">
    <p style="subtitle"><xsl:apply-templates/></p>
  </xsl:template>

  <!-- 标题之下的机关、报告人、日期 -->
  <xsl:template match="imprint">
    <xsl:apply-templates select="*"/>
  </xsl:template>
  <xsl:template match="imprint/*">
    <p style="imprint"><xsl:apply-templates select="self::date" mode="words"/><xsl:apply-templates select="self::*[not(self::date)]/node()"/></p>
  </xsl:template>

  <!-- 主送机关：顶格，回行也顶格 (GB/T 9704-2012, 7.3.2) -->
  <xsl:template match="recipients">
    <p style="recipients"><xsl:apply-templates/></p>
  </xsl:template>

  <!-- ==== body ==== -->

  <xsl:template match="body | distribution">
    <xsl:apply-templates select="*"/>
  </xsl:template>
  <xsl:template match="section">
    <group role="section"><xsl:apply-templates select="*"/></group>
  </xsl:template>

  <xsl:template match="p">
    <p style="paragraph"><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="section/heading">
    <p style="heading-{count(ancestor::section)}"><xsl:value-of select="../@number"/><xsl:apply-templates/></p>
  </xsl:template>

  <!-- 接排的标题：与其后第一段同在一段，书签照作 a heading that runs in: one paragraph with the text behind it -->
  <xsl:template match="section/heading[@run-in = 'yes']">
    <xsl:variable name="level" select="count(ancestor::section)"/>
    <p style="paragraph">
      <mark name="heading" outline="{$level}"><xsl:value-of select="../@number"/><xsl:apply-templates select="." mode="plain"/></mark>
      <span style="run-in-{$level}"><xsl:value-of select="../@number"/><xsl:apply-templates/></span>
      <xsl:apply-templates select="following-sibling::*[1]/self::p/node()"/>
    </p>
  </xsl:template>
  <xsl:template match="section/p[preceding-sibling::*[1]/self::heading/@run-in = 'yes']"/>

  <!-- 条：序号、接排的题目、文字、下一层的条，责任单位排在末段之后 -->
  <xsl:template match="item">
    <xsl:if test="not(p) or item[1][not(preceding-sibling::p[1])]">
      <p style="item">
        <xsl:call-template name="item-start"/>
        <xsl:if test="not(p)"><xsl:call-template name="item-end"/></xsl:if>
      </p>
    </xsl:if>
    <xsl:apply-templates select="p | item"/>
  </xsl:template>

  <xsl:template match="item/p">
    <p style="item">
      <xsl:if test="not(preceding-sibling::p[1] or preceding-sibling::item[1])">
        <xsl:for-each select=".."><xsl:call-template name="item-start"/></xsl:for-each>
      </xsl:if>
      <xsl:apply-templates/>
      <xsl:if test="not(following-sibling::p[1])">
        <xsl:for-each select=".."><xsl:call-template name="item-end"/></xsl:for-each>
      </xsl:if>
    </p>
  </xsl:template>

  <xsl:template name="item-start">
    <xsl:choose>
      <xsl:when test="heading"><xsl:apply-templates select="heading"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="@number"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- 其上有楷体的第二层标题的，题目不再用楷体 below a heading of level 2 the run-in heading has no face of its own -->
  <xsl:template match="item/heading">
    <span style="item-heading"><xsl:value-of select="../@number"/><xsl:apply-templates/></span>
  </xsl:template>
  <xsl:template match="section/section//item/heading">
    <span style="item-heading-low"><xsl:value-of select="../@number"/><xsl:apply-templates/></span>
  </xsl:template>
  <xsl:template name="item-end">
    <xsl:for-each select="responsible">
      <trailer><xsl:apply-templates select="."/></trailer>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="responsible">
    <xsl:value-of select="@label"/><xsl:apply-templates/>
  </xsl:template>

  <!-- ==== after the body ==== -->

  <!-- 附件说明：正文下空一行，左空二字；序号上下对齐，回行与首字对齐 (GB/T 9704-2012, 7.3.4) -->
  <xsl:template match="attachments-note">
    <space height="1行" style="body"/>
    <xsl:apply-templates select="*"/>
  </xsl:template>
  <xsl:template match="attachments-note/attachment-ref">
    <p style="attachments-note">
      <xsl:choose>
        <xsl:when test="preceding-sibling::attachment-ref[1]"><space width="{string-length(../@label)}em"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="../@label"/></xsl:otherwise>
      </xsl:choose>
      <xsl:value-of select="@number"/><hang/><xsl:apply-templates/>
    </p>
  </xsl:template>

  <!-- 不加盖印章的署名和成文日期 (GB/T 9704-2012, 7.3.5.2)：空一行，机关右空二字，日期首字比机关首字右移二字；
       日期长于机关，则日期右空二字，机关相应增加右空字数。字宽：数字半字，其余一字。 -->
  <xsl:template match="signature">
    <space height="1行" style="body"/>
    <xsl:call-template name="signature-lines"/>
  </xsl:template>

  <!-- 各行：段落，或表下的注 (as="note"，与末行同页) the lines, as paragraphs or as notes that stay with a table's last row -->
  <xsl:template name="signature-lines">
    <xsl:param name="as" select="'p'"/>
    <xsl:param name="first" select="'signature'"/>
    <xsl:variable name="written">
      <xsl:apply-templates select="date" mode="words"/>
    </xsl:variable>
    <xsl:variable name="words" select="normalize-space($written)"/>
    <xsl:variable name="figures" select="string-length($words) - string-length(translate($words, '0123456789', ''))"/>
    <xsl:variable name="date" select="string-length($words) - 0.5 * $figures"/>
    <xsl:variable name="name" select="string-length(normalize-space(issuing-authority[last()]))"/>
    <xsl:variable name="longer" select="$date &gt; $name"/>
    <xsl:for-each select="issuing-authority">
      <xsl:element name="{$as}">
        <xsl:attribute name="style">
          <xsl:choose>
            <xsl:when test="position() = 1"><xsl:value-of select="$first"/></xsl:when>
            <xsl:otherwise>signature</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
        <xsl:apply-templates/>
        <xsl:choose>
          <xsl:when test="$longer"><space width="{4 + $date - $name}em"/></xsl:when>
          <xsl:otherwise><space width="2em"/></xsl:otherwise>
        </xsl:choose>
      </xsl:element>
    </xsl:for-each>
    <xsl:for-each select="person">
      <xsl:element name="{$as}"><xsl:attribute name="style">signature</xsl:attribute><xsl:apply-templates/><space width="2em"/></xsl:element>
    </xsl:for-each>
    <xsl:for-each select="date">
      <xsl:element name="{$as}">
        <xsl:attribute name="style">date</xsl:attribute>
        <xsl:apply-templates select="." mode="words"/>
        <xsl:choose>
          <xsl:when test="$longer or $name = 0"><space width="2em"/></xsl:when>
          <xsl:otherwise><space width="{$name - $date}em"/></xsl:otherwise>
        </xsl:choose>
      </xsl:element>
    </xsl:for-each>
  </xsl:template>

  <!-- 没有署名、只有日期 -->
  <xsl:template match="record/date">
    <space height="1行" style="body"/>
    <p style="date"><xsl:apply-templates select="." mode="words"/><space width="4em"/></p>
  </xsl:template>

  <!-- 日期照原样；空的按成文日期的写法 -->
  <xsl:template match="date" mode="words">
    <xsl:choose>
      <xsl:when test="normalize-space(.)"><xsl:apply-templates/></xsl:when>
      <xsl:otherwise><xsl:value-of select="f:date(@when)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="date[not(normalize-space(.))]">
    <xsl:value-of select="f:date(@when)"/>
  </xsl:template>

  <xsl:template match="annotation">
    <p style="annotation"><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="distribution/to">
    <p style="distribution"><xsl:value-of select="@label"/><hang/><xsl:apply-templates/></p>
  </xsl:template>

  <!-- ==== inlines ==== -->

  <xsl:template match="clause">
    <xsl:value-of select="@marker"/><xsl:apply-templates/>
  </xsl:template>
  <!-- 一是……。 有题目的，连同“一是” -->
  <xsl:template match="clause[heading]">
    <xsl:apply-templates/>
  </xsl:template>
  <xsl:template match="clause/heading">
    <span style="clause-heading"><xsl:value-of select="../@marker"/><xsl:apply-templates/></span>
  </xsl:template>
  <xsl:template match="em">
    <span style="emphasis"><xsl:apply-templates/></span>
  </xsl:template>
  <xsl:template match="sup">
    <span style="superscript"><xsl:apply-templates/></span>
  </xsl:template>
  <xsl:template match="sub">
    <span style="subscript"><xsl:apply-templates/></span>
  </xsl:template>
  <xsl:template match="br[@role = 'slogan']">
    <space width="1em"/>
  </xsl:template>

</xsl:stylesheet>
