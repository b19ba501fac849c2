<?xml version="1.0" encoding="UTF-8"?>
<!-- 责任分解表：栏的先后照记录的 columns；主题跨其各行；同一份责任的单位、人、领导排在同一高度。
     A responsibility table: columns as the record lists them, themes over their rows, assignments level across columns. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns="urn:genpdf:layout">
  <xsl:import href="../base/templates.xsl"/>

  <xsl:template match="head/attachment-label">
    <p style="attachment-label"><xsl:apply-templates/></p>
  </xsl:template>

  <xsl:template match="as-of">
    <p style="as-of"><xsl:value-of select="@label"/><xsl:apply-templates/></p>
  </xsl:template>

  <!-- ==== the table ==== -->

  <xsl:template match="tasks">
    <!-- 序号栏容得下末项的序号 wide enough for the last number -->
    <xsl:variable name="digits" select="string-length((.//task)[last()]/@number)"/>
    <table style="cell" frame="1pt" grid="0.5pt" pad-x="0.5mm" pad-y="2.5pt" cut-suffix="（续）">
      <xsl:for-each select="columns/*">
        <xsl:variable name="width"><xsl:apply-templates select="." mode="width"/></xsl:variable>
        <xsl:choose>
          <xsl:when test="self::number"><col width="{$width}" min="{0.5 * $digits + 1.5 + 0.5 * ($digits &lt; 2)}em"/></xsl:when>
          <xsl:otherwise><col width="{$width}"/></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
      <xsl:if test="normalize-space(columns)">
        <header>
          <row height="10mm"><xsl:apply-templates select="columns/*" mode="header"/></row>
        </header>
      </xsl:if>
      <xsl:apply-templates select="theme | task | total"/>
    </table>
  </xsl:template>

  <!-- 各栏宽度之比，改栏宽只改这里 the columns' ratio: change it here -->
  <xsl:template match="columns/*" mode="width">9*</xsl:template>
  <xsl:template match="columns/number" mode="width">4*</xsl:template>
  <xsl:template match="columns/theme" mode="width">9*</xsl:template>
  <xsl:template match="columns/task" mode="width">26*</xsl:template>
  <xsl:template match="columns[goal or measure]/task" mode="width">16*</xsl:template>
  <xsl:template match="columns/goal | columns/measure" mode="width">18*</xsl:template>
  <xsl:template match="columns/cooperating-unit" mode="width">12*</xsl:template>
  <xsl:template match="columns/person | columns/leader" mode="width">7*</xsl:template>
  <xsl:template match="columns/progress" mode="width">14*</xsl:template>

  <!-- 没有自己表头的栏，由右边一栏的表头跨过；右边再没有，就空着 -->
  <xsl:template match="columns/*" mode="header">
    <xsl:if test="not(following-sibling::*[normalize-space()])"><cell/></xsl:if>
  </xsl:template>
  <xsl:template match="columns/*[normalize-space()]" mode="header">
    <xsl:variable name="last" select="preceding-sibling::*[normalize-space()][1]"/>
    <cell colspan="{count(preceding-sibling::*) + 1 - count($last | $last/preceding-sibling::*)}" style="cell-head">
      <xsl:apply-templates/>
    </cell>
  </xsl:template>

  <!-- 有主题栏，主题跨其各行；没有，主题自成一行 -->
  <xsl:template match="tasks/theme">
    <xsl:if test="not(../columns[1]/theme)">
      <row keep="next">
        <cell colspan="{count(../columns[1]/*)}" style="cell-theme-row" pad-x="1mm"><xsl:apply-templates select="." mode="name"/></cell>
      </row>
    </xsl:if>
    <xsl:apply-templates select="task"/>
  </xsl:template>

  <xsl:template match="theme" mode="name">
    <xsl:value-of select="@number"/><xsl:apply-templates select="name"/>
  </xsl:template>

  <xsl:template match="theme/name">
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="task">
    <row height="8mm">
      <xsl:apply-templates select="ancestor::tasks/columns[1]/*" mode="cell">
        <xsl:with-param name="task" select="."/>
      </xsl:apply-templates>
    </row>
  </xsl:template>

  <!-- 合计：引语跨任务栏之前的各栏 -->
  <xsl:template match="total">
    <xsl:variable name="before" select="count(../columns/task/preceding-sibling::*)"/>
    <xsl:variable name="all" select="count(../columns/*)"/>
    <row>
      <xsl:choose>
        <xsl:when test="$before = 0">
          <cell colspan="{$all}" pad-x="1mm"><xsl:value-of select="@label"/>　<xsl:apply-templates/></cell>
        </xsl:when>
        <xsl:otherwise>
          <cell colspan="{$before}" style="cell-head" heading="yes"><xsl:value-of select="@label"/></cell>
          <cell colspan="{$all - $before}" pad-x="1mm"><xsl:apply-templates/></cell>
        </xsl:otherwise>
      </xsl:choose>
    </row>
  </xsl:template>

  <!-- ==== cells: matched by column, the task is given ==== -->

  <xsl:template match="columns/number" mode="cell">
    <xsl:param name="task"/>
    <cell style="cell-centre" pad-x="0pt" heading="yes"><xsl:value-of select="$task/@number"/></cell>
  </xsl:template>

  <xsl:template match="columns/theme" mode="cell">
    <xsl:param name="task"/>
    <xsl:choose>
      <xsl:when test="not($task/parent::theme)"><cell/></xsl:when>
      <xsl:when test="not($task/preceding-sibling::task[1])">
        <cell rowspan="{count($task/../task)}" style="cell-theme" heading="yes">
          <xsl:apply-templates select="$task/.." mode="name"/>
        </cell>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="columns/task" mode="cell">
    <xsl:param name="task"/>
    <cell pad-x="1mm"><xsl:apply-templates select="$task/p" mode="cell"/></cell>
  </xsl:template>

  <xsl:template match="columns/goal" mode="cell">
    <xsl:param name="task"/>
    <xsl:apply-templates select="." mode="words"><xsl:with-param name="words" select="$task/goal"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="columns/measure" mode="cell">
    <xsl:param name="task"/>
    <xsl:apply-templates select="." mode="words"><xsl:with-param name="words" select="$task/measure"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="columns/progress" mode="cell">
    <xsl:param name="task"/>
    <xsl:apply-templates select="." mode="words"><xsl:with-param name="words" select="$task/progress"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="columns/note" mode="cell">
    <xsl:param name="task"/>
    <xsl:apply-templates select="." mode="words"><xsl:with-param name="words" select="$task/note"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="columns/extra" mode="cell">
    <xsl:param name="task"/>
    <xsl:apply-templates select="." mode="words">
      <xsl:with-param name="words" select="$task/extra[count(current()/preceding-sibling::extra) + 1]"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template match="columns/due" mode="cell">
    <xsl:param name="task"/>
    <cell style="cell-due"><xsl:apply-templates select="$task/due"/></cell>
  </xsl:template>

  <xsl:template match="columns/lead-unit" mode="cell">
    <xsl:param name="task"/>
    <xsl:apply-templates select="." mode="names"><xsl:with-param name="who" select="($task/assignment | $task/for-all)[lead-unit]"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="columns/unit" mode="cell">
    <xsl:param name="task"/>
    <xsl:apply-templates select="." mode="names"><xsl:with-param name="who" select="($task/assignment | $task/for-all)[unit]"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="columns/cooperating-unit" mode="cell">
    <xsl:param name="task"/>
    <xsl:apply-templates select="." mode="names"><xsl:with-param name="who" select="($task/assignment | $task/for-all)[cooperating-unit]"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="columns/person" mode="cell">
    <xsl:param name="task"/>
    <xsl:apply-templates select="." mode="names"><xsl:with-param name="who" select="($task/assignment | $task/for-all)[person]"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="columns/leader" mode="cell">
    <xsl:param name="task"/>
    <xsl:apply-templates select="." mode="names"><xsl:with-param name="who" select="($task/assignment | $task/for-all)[leader]"/></xsl:apply-templates>
  </xsl:template>

  <!-- 文字的一格：一段，或几段 -->
  <xsl:template match="columns/*" mode="words">
    <xsl:param name="words"/>
    <xsl:choose>
      <xsl:when test="$words/p"><cell pad-x="1mm"><xsl:apply-templates select="$words/p" mode="cell"/></cell></xsl:when>
      <xsl:otherwise><cell style="cell-start" pad-x="1mm"><xsl:apply-templates select="$words/node()"/></cell></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="p" mode="cell">
    <p style="cell"><xsl:apply-templates/></p>
  </xsl:template>

  <!-- 名称的一格。who：本任务中写了这一栏的各份责任。不止一份时，每份一段（没有的空一段），各栏逐段对齐；
       只有 for-all 写了这一栏，则在整格居中，表示对各份都有效。 -->
  <xsl:template match="columns/*" mode="names">
    <xsl:param name="who"/>
    <xsl:variable name="all" select="$who[1]/../assignment"/>
    <xsl:choose>
      <xsl:when test="not($who)"><cell/></xsl:when>
      <xsl:when test="$all[2] and $who[self::assignment]">
        <cell step="yes">
          <xsl:apply-templates select="$all | $who[self::for-all]" mode="names"><xsl:with-param name="column" select="name()"/></xsl:apply-templates>
        </cell>
      </xsl:when>
      <xsl:otherwise>
        <cell>
          <xsl:apply-templates select="$who" mode="names"><xsl:with-param name="column" select="name()"/></xsl:apply-templates>
        </cell>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="assignment | for-all" mode="names">
    <xsl:param name="column"/>
    <p style="cell-centre">
      <xsl:choose>
        <!-- 名称之间写了标点，就接着排；否则另起一行 -->
        <xsl:when test="text()[normalize-space()]">
          <xsl:for-each select="*[name() = $column]">
            <xsl:if test="position() &gt; 1 and not(preceding-sibling::node()[1]/self::text()[normalize-space()])"><br/></xsl:if>
            <xsl:apply-templates select="self::*[not(preceding-sibling::*[1])]/preceding-sibling::node()[1]/self::text()[normalize-space()]"/>
            <xsl:apply-templates select="."/>
            <xsl:apply-templates select="following-sibling::node()[1]/self::text()[normalize-space()]"/>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="*[name() = $column]">
            <xsl:if test="position() &gt; 1"><br/></xsl:if>
            <xsl:apply-templates select="."/>
          </xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:template>

  <!-- 两字姓名占三字 -->
  <xsl:template match="assignment/person | assignment/leader | for-all/person | for-all/leader">
    <xsl:choose>
      <xsl:when test="string-length(normalize-space()) = 2"><spread width="3em"><xsl:apply-templates/></spread></xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== below the table ==== -->

  <xsl:template match="notes">
    <space height="4pt"/>
    <xsl:apply-templates select="note"/>
  </xsl:template>

  <xsl:template match="notes/note">
    <p style="notes">
      <xsl:choose>
        <xsl:when test="preceding-sibling::note[1]"><space width="{string-length(../@label)}em"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="../@label"/></xsl:otherwise>
      </xsl:choose>
      <xsl:value-of select="@number"/><hang/><xsl:apply-templates/>
    </p>
  </xsl:template>
</xsl:stylesheet>
