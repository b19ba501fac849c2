<?xml version="1.0" encoding="UTF-8"?>
<!-- 工作总结：公开信息栏排成表，两项一行；其余是公用模板。别的版式可以引入本文件，把 block 改为 false()，并声明 omit metadata。
     A work summary: the block of metadata as a table, two entries a row; the rest is shared. A layout that imports this file may set
     block to false() and declare metadata as omitted. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">
  <xsl:import href="../base/templates.xsl"/>

  <!-- 印公开信息栏 print the block -->
  <xsl:variable name="block" select="true()"/>

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
        <xsl:apply-templates select="*"/>
      </section>
    </document>
  </xsl:template>

  <!-- 文件属性：机关在标题之下的，日期也在那里 -->
  <xsl:template name="authorities">
    <xsl:variable name="printed" select="head/issuing-authority | imprint/issuing-authority"/>
    <xsl:variable name="signed" select="signature/issuing-authority"/>
    <xsl:variable name="known" select="metadata/issuing-authority | metadata/publisher"/>
    <xsl:choose>
      <xsl:when test="$printed"><xsl:apply-templates select="$printed" mode="listed"/></xsl:when>
      <xsl:when test="$signed"><xsl:apply-templates select="$signed" mode="listed"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="$known/@value | $known[not(@value)]" mode="listed"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="publisher" mode="listed">
    <xsl:if test="position() &gt; 1">、</xsl:if>
    <xsl:value-of select="."/>
  </xsl:template>
  <xsl:template name="document-date">
    <xsl:variable name="printed" select="head/date | imprint/date | signature/date"/>
    <xsl:choose>
      <xsl:when test="$printed"><xsl:value-of select="$printed[1]/@when"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="metadata/date[@type = 'issued'][1]/@when"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== head, title, what stands below it ==== -->

  <xsl:template match="head/date">
    <p style="imprint"><xsl:apply-templates select="." mode="words"/></p>
  </xsl:template>

  <!-- 条件写在里面：以 *[1] 为式样，每个元素都要数它是第几个
       the condition stands inside: a pattern of *[1] counts the place of every element of the record -->
  <xsl:template match="imprint/*">
    <xsl:choose>
      <xsl:when test="preceding-sibling::*[1] or ../preceding-sibling::imprint[1]"><xsl:apply-imports/></xsl:when>
      <xsl:otherwise>
        <p style="imprint-first"><xsl:apply-templates select="self::date" mode="words"/><xsl:apply-templates select="self::*[not(self::date)]/node()"/></p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- 主送机关或正文之前空一行 -->
  <xsl:template match="recipients">
    <space height="1行" style="body"/>
    <p style="recipients"><xsl:apply-templates/></p>
  </xsl:template>
  <xsl:template match="/record/body">
    <xsl:if test="not(../recipients)"><space height="1行" style="body"/></xsl:if>
    <xsl:apply-templates select="*"/>
  </xsl:template>

  <!-- ==== 公开信息栏 the block of disclosure metadata ==== -->

  <xsl:template match="metadata">
    <xsl:variable name="facts" select="*[not(self::breadcrumb or self::page-widget)][normalize-space()]"/>
    <xsl:if test="$block and $facts">
      <xsl:if test="preceding-sibling::body"><space height="1行" style="body"/></xsl:if>
      <table style="fact" frame="0.75pt" grid="0.5pt" pad-x="1mm" pad-y="2pt">
        <col width="23mm"/>
        <col width="3*"/>
        <col width="23mm"/>
        <col width="3*"/>
        <xsl:for-each select="$facts[position() mod 2 = 1]">
          <xsl:variable name="second" select="2 * position()"/>
          <row>
            <xsl:apply-templates select="." mode="fact"><xsl:with-param name="wide" select="not($facts[$second])"/></xsl:apply-templates>
            <xsl:apply-templates select="$facts[$second]" mode="fact"/>
          </row>
        </xsl:for-each>
      </table>
      <xsl:if test="not(preceding-sibling::body)"><space height="1行" style="body"/></xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- 名称去掉末尾的冒号：有线隔开 -->
  <xsl:template match="metadata/*" mode="fact">
    <xsl:param name="wide" select="false()"/>
    <cell style="fact-label" heading="yes"><xsl:value-of select="translate(@label, ' 　：:【】［］[]', '')"/></cell>
    <xsl:choose>
      <xsl:when test="$wide"><cell colspan="3"><xsl:apply-templates/></cell></xsl:when>
      <xsl:otherwise><cell><xsl:apply-templates/></cell></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
