<?xml version="1.0" encoding="UTF-8"?>
<!-- 大事记：条目的日期、书签和书眉的月份。别的版式可以引入本文件，把 month-heads 改为 true() 就印月份标题。
     A chronicle: dates of entries, months for outline and running head. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">
  <xsl:import href="../base/templates.xsl"/>

  <!-- 印月份标题 month headings -->
  <xsl:variable name="month-heads" select="false()"/>

  <!-- 跨年的大事记，月份前加年份 -->
  <xsl:variable name="first-year" select="substring(/record/body//entry[1]/@from, 1, 4)"/>
  <xsl:variable name="several-years" select="boolean(/record/body//entry[not(starts-with(@from, '--')) and substring(@from, 1, 4) != $first-year])"/>

  <!-- ==== 标题，书眉里再用 ==== -->

  <xsl:template match="title">
    <p style="title-last"><xsl:call-template name="title-mark"/><xsl:apply-templates/></p>
  </xsl:template>
  <xsl:template match="title[line]">
    <p style="title-last">
      <xsl:call-template name="title-mark"/>
      <xsl:for-each select="line">
        <xsl:if test="position() &gt; 1"><br/></xsl:if>
        <xsl:apply-templates/>
      </xsl:for-each>
    </p>
  </xsl:template>
  <xsl:template name="title-mark">
    <mark name="title"><xsl:apply-templates select="." mode="plain"/></mark>
  </xsl:template>

  <!-- ==== 条目 ==== -->

  <xsl:template match="entry">
    <xsl:if test="$month-heads and not(ancestor::section)">
      <xsl:variable name="starts"><xsl:call-template name="starts-month"/></xsl:variable>
      <xsl:if test="$starts = 'yes'">
        <p style="month-head"><mark name="months"><xsl:call-template name="month"/></mark><xsl:call-template name="month"/></p>
      </xsl:if>
    </xsl:if>
    <xsl:apply-templates select="p"/>
  </xsl:template>

  <xsl:template match="entry/p">
    <xsl:variable name="class">
      <xsl:choose>
        <xsl:when test="../@class"><xsl:value-of select="../@class"/></xsl:when>
        <xsl:otherwise>event</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <p style="entry-{$class}">
      <xsl:if test="not(preceding-sibling::p[1])">
        <xsl:apply-templates select=".." mode="mark"/>
        <xsl:apply-templates select=".." mode="date"/>
      </xsl:if>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <!-- 原文的月份标题 -->
  <xsl:template match="section/heading">
    <p style="heading-1">
      <xsl:for-each select="../entry[1]">
        <mark name="months"><xsl:call-template name="month"/></mark>
      </xsl:for-each>
      <xsl:value-of select="../@number"/>
      <xsl:apply-templates/>
    </p>
  </xsl:template>

  <!-- 书眉和书签：每条都说自己的月份，一个月的第一条作书签；原文有月份标题的，书签由标题作 -->
  <xsl:template match="entry" mode="mark">
    <xsl:variable name="starts"><xsl:call-template name="starts-month"/></xsl:variable>
    <xsl:choose>
      <xsl:when test="$starts = 'yes' and not(ancestor::section) and not($month-heads)">
        <mark name="months" outline="1"><xsl:call-template name="month"/></mark>
      </xsl:when>
      <xsl:otherwise>
        <mark name="months"><xsl:call-template name="month"/></mark>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="starts-month">
    <xsl:variable name="before" select="preceding::entry[1]/@from"/>
    <xsl:variable name="month"><xsl:apply-templates select="@from" mode="year-month"/></xsl:variable>
    <xsl:variable name="month-before"><xsl:apply-templates select="$before" mode="year-month"/></xsl:variable>
    <xsl:if test="$month != $month-before">yes</xsl:if>
  </xsl:template>

  <!-- 1月，跨年的 2031年1月；只知道年份的 2031年 -->
  <xsl:template name="month">
    <xsl:if test="$several-years or string-length(@from) = 4"><xsl:apply-templates select="@from" mode="year"/></xsl:if>
    <xsl:apply-templates select="@from" mode="month"/>
  </xsl:template>

  <!-- 日期值：2031-01-11、2031-01、2031；年份不明的以两个连字符代替年份 -->
  <xsl:template match="@from | @to" mode="year-month">
    <xsl:value-of select="substring(., 1, 4 + 3 * not(starts-with(., '--')))"/>
  </xsl:template>
  <xsl:template match="@from | @to" mode="year">
    <xsl:if test="not(starts-with(., '--'))"><xsl:value-of select="substring(., 1, 4)"/>年</xsl:if>
  </xsl:template>
  <xsl:template match="@from | @to" mode="month">
    <xsl:variable name="month" select="substring(., 3 + 3 * not(starts-with(., '--')), 2)"/>
    <xsl:if test="$month != ''"><xsl:value-of select="number($month)"/>月</xsl:if>
  </xsl:template>
  <xsl:template match="@from | @to" mode="day">
    <xsl:variable name="day" select="substring(., 6 + 3 * not(starts-with(., '--')), 2)"/>
    <xsl:if test="$day != ''"><xsl:value-of select="number($day)"/>日</xsl:if>
  </xsl:template>

  <!-- 日期照原样；没有写的按公文写法写出 -->
  <xsl:template match="entry" mode="date">
    <span style="entry-date"><xsl:call-template name="entry-date"/>，</span>
  </xsl:template>
  <xsl:template match="entry[@label]" mode="date">
    <span style="entry-date"><xsl:value-of select="@label"/></span>
  </xsl:template>
  <xsl:template match="entry[@dated = 'text']" mode="date"/>

  <!-- 止日与起日同年、同月的，年、月不再说 -->
  <xsl:template name="entry-date">
    <xsl:if test="$several-years or string-length(@from) = 4"><xsl:apply-templates select="@from" mode="year"/></xsl:if>
    <xsl:apply-templates select="@from" mode="month"/>
    <xsl:apply-templates select="@from" mode="day"/>
    <xsl:call-template name="hours"/>
    <xsl:if test="@open">起</xsl:if>
    <xsl:if test="@to">
      <xsl:variable name="from"><xsl:apply-templates select="@from" mode="year-month"/></xsl:variable>
      <xsl:variable name="to"><xsl:apply-templates select="@to" mode="year-month"/></xsl:variable>
      <xsl:text>至</xsl:text>
      <xsl:if test="substring(@from, 1, 4) != substring(@to, 1, 4)"><xsl:apply-templates select="@to" mode="year"/></xsl:if>
      <xsl:if test="$from != $to or string-length(@to) &lt; 10"><xsl:apply-templates select="@to" mode="month"/></xsl:if>
      <xsl:apply-templates select="@to" mode="day"/>
    </xsl:if>
  </xsl:template>

  <xsl:template name="hours">
    <xsl:choose>
      <xsl:when test="@part = 'am'">上午</xsl:when>
      <xsl:when test="@part = 'pm'">下午</xsl:when>
      <xsl:when test="@part = 'evening'">晚上</xsl:when>
    </xsl:choose>
    <xsl:if test="@hour">
      <xsl:value-of select="number(substring(@hour, 1, 2)) - 12 * (@part != 'am' and number(substring(@hour, 1, 2)) &gt; 12)"/>
      <xsl:text>时</xsl:text>
      <xsl:if test="substring(@hour, 4) != '00'"><xsl:value-of select="number(substring(@hour, 4))"/>分</xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- 发文字号：“16号”不分在两行 -->
  <xsl:template match="p/document-number">
    <span style="document-number"><xsl:apply-templates/></span>
  </xsl:template>

</xsl:stylesheet>
