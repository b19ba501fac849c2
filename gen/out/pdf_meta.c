/* pdf_meta: what the file says of the document: the information dictionary and the same as XMP (ISO 16684-1; ISO 19005-2, 6.6;
 * ISO 14289-1, 5). Properties that XMP or PDF/A do not define (UA's mark, ours) are explained in an extension schema.
 * Ours are the document's number and index number, the fonts and the libraries that the bytes of the file follow from. */
#include "out/pdf.h"

/* Everything both say; empty = unknown. */
struct facts {
	struct str title, author, subject, keywords, number, index, lang;
	struct str date, published; /* ISO */
	struct buf producer;
	const char *creator;
};

static struct str first_of(struct str a, struct str b)
{
	return a.n ? a : b;
}

/* A title there must be (ISO 14289-1, 7.1): else the first heading, else what kind of document it is. */
static struct str title_of(const struct list *l)
{
	const struct doc_metadata *m = l->metadata;
	struct str heading = l->outline ? l->outline->title : (struct str){0};

	return first_of(m->title, first_of(heading, first_of(m->subject, first_of(m->kind, STR("PDF")))));
}

static bool is_date(struct str iso)
{
	struct buf b = {0};
	bool good = pdf_date(&b, iso);

	buf_free(&b);
	return good;
}

static void gather(struct pdf *p, const struct list *l, struct facts *f)
{
	static const struct doc_metadata none;
	const struct out_options *o = p->out.options;
	const struct doc_metadata *m = l->metadata ? l->metadata : &none;

	*f = (struct facts){
		.author = m->author, .subject = m->subject, .keywords = m->keywords, .number = m->number, .index = m->index,
		.lang = m->lang, .creator = o->creator ? o->creator : "genpdf",
	};
	f->title = l->metadata ? title_of(l) : STR("PDF");
	f->date = is_date(o->source_date) ? o->source_date : (struct str){0};
	f->published = is_date(m->published) ? m->published : (struct str){0};
	buf_printf(&f->producer, "%s, libharu %s, libdeflate %s", f->creator, door_version(), deflate_version());
	if (o->libraries)
		buf_printf(&f->producer, ", %s", o->libraries);
}

/* ---- the information dictionary ---- */

static void entry(struct pdf *p, struct buf *b, const char *key, struct str value)
{
	if (value.n == 0)
		return;
	pdf_rules_string(p, value);
	buf_puts(b, key);
	pdf_string(b, value);
}

static void write_info(struct pdf *p, const struct facts *f)
{
	struct buf b = {0}, date = {0};

	entry(p, &b, "/Title", f->title);
	entry(p, &b, "/Author", f->author);
	entry(p, &b, "/Subject", f->subject);
	entry(p, &b, "/Keywords", f->keywords);
	entry(p, &b, "/DocumentNumber", f->number);
	entry(p, &b, "/IndexNumber", f->index);
	entry(p, &b, "/Creator", str_of(f->creator));
	entry(p, &b, "/Producer", buf_view(&f->producer));
	if (pdf_date(&date, f->date)) {
		entry(p, &b, "/CreationDate", buf_view(&date));
		entry(p, &b, "/ModDate", buf_view(&date));
	}
	door_info(p->door, buf_view(&b));
	buf_free(&date);
	buf_free(&b);
}

/* ---- XMP ---- */

static void put_xml(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '&' || c == '<' || c == '>')
			buf_puts(b, c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;");
		else if ((unsigned char)c >= ' ')
			buf_char(b, c);
		else
			buf_char(b, ' ');
	}
}

static void property(struct buf *b, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	buf_printf(b, "<%s>", name);
	put_xml(b, value);
	buf_printf(b, "</%s>\n", name);
}

/* A property of one item in a container: "rdf:Seq". */
static void property_in(struct buf *b, const char *name, const char *container, const char *attribute, struct str value)
{
	if (value.n == 0)
		return;
	buf_printf(b, "<%s><%s><rdf:li%s>", name, container, attribute);
	put_xml(b, value);
	buf_printf(b, "</rdf:li></%s></%s>\n", container, name);
}

static void put_profile(struct buf *b, enum out_profile profile)
{
	bool tagged = profile == PROFILE_A2A || profile == PROFILE_A3A;

	if (profile == PROFILE_PLAIN)
		return;
	buf_printf(b, "<pdfaid:part>%d</pdfaid:part>\n<pdfaid:conformance>%s</pdfaid:conformance>\n", profile == PROFILE_A3A ? 3 : 2,
		   tagged ? "A" : "U");
	if (tagged)
		buf_puts(b, "<pdfuaid:part>1</pdfuaid:part>\n");
}

static void put_known(struct buf *b, const struct facts *f)
{
	property_in(b, "dc:title", "rdf:Alt", " xml:lang=\"x-default\"", f->title);
	property_in(b, "dc:creator", "rdf:Seq", "", f->author);
	property_in(b, "dc:description", "rdf:Alt", " xml:lang=\"x-default\"", f->subject);
	property_in(b, "dc:language", "rdf:Bag", "", f->lang);
	property(b, "dc:identifier", f->number.n ? f->number : f->index);
	property(b, "dc:format", STR("application/pdf"));
	property(b, "pdf:Keywords", f->keywords);
	property(b, "pdf:Producer", buf_view(&f->producer));
	property(b, "xmp:CreatorTool", str_of(f->creator));
	property(b, "xmp:CreateDate", f->date);
	property(b, "xmp:ModifyDate", f->date);
	property(b, "xmp:MetadataDate", f->date);
}

/* A font by what tells one file from another: the hash of its table directory, where the sums of all tables stand, and in A-3a,
 * which is made to be verified, of the whole file. Hashing whole files would double the cost of a short document. */
static void put_font(struct pdf *p, struct buf *b, const struct pdf_font *f)
{
	bool whole = p->profile == PROFILE_A3A;
	struct str hash = whole ? font_sha256(f->font) : font_directory_sha256(f->font);

	buf_puts(b, "<rdf:li>");
	put_xml(b, f->info->ps_name);
	buf_puts(b, "; ");
	put_xml(b, f->info->version);
	buf_printf(b, "; %s sha256 %.*s</rdf:li>", whole ? "file" : "table directory", STR_ARG(hash));
}

static bool has_fonts(const struct pdf *p)
{
	for (const struct pdf_font *f = p->fonts; f; f = f->next)
		if (f->n > 1)
			return true;
	return false;
}

static void put_own(struct pdf *p, struct buf *b, const struct facts *f)
{
	property(b, "genpdf:documentNumber", f->number);
	property(b, "genpdf:indexNumber", f->index);
	property(b, "genpdf:published", f->published);
	if (!has_fonts(p))
		return;
	buf_puts(b, "<genpdf:fonts><rdf:Bag>");
	for (const struct pdf_font *k = p->fonts; k; k = k->next)
		if (k->n > 1)
			put_font(p, b, k);
	buf_puts(b, "</rdf:Bag></genpdf:fonts>\n");
}

/* ---- the extension schema ---- */

struct property {
	const char *name, *type, *category, *says;
};

static void put_schema(struct buf *b, const char *name, const char *uri, const char *prefix, const struct property *list, size_t n)
{
	buf_printf(b,
		   "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>%s</pdfaSchema:schema>"
		   "<pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI><pdfaSchema:prefix>%s</pdfaSchema:prefix>"
		   "<pdfaSchema:property><rdf:Seq>\n",
		   name, uri, prefix);
	for (size_t i = 0; i < n; i++)
		buf_printf(b,
			   "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>%s</pdfaProperty:name>"
			   "<pdfaProperty:valueType>%s</pdfaProperty:valueType><pdfaProperty:category>%s</pdfaProperty:category>"
			   "<pdfaProperty:description>%s</pdfaProperty:description></rdf:li>\n",
			   list[i].name, list[i].type, list[i].category, list[i].says);
	buf_puts(b, "</rdf:Seq></pdfaSchema:property></rdf:li>\n");
}

static void put_schemas(struct buf *b, bool tagged)
{
	static const struct property ua[] = {{"part", "Integer", "internal", "Part of ISO 14289 that the file conforms to"}};
	static const struct property own[] = {
		{"documentNumber", "Text", "external", "Number of the document as its authority gave it"},
		{"indexNumber", "Text", "external", "Index number of the publisher"},
		{"published", "Date", "external", "Date of publication"},
		{"fonts", "bag Text", "internal", "Font files the pages were made with"},
	};

	buf_puts(b, "<pdfaExtension:schemas><rdf:Bag>\n");
	if (tagged)
		put_schema(b, "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", ua, 1);
	put_schema(b, "genpdf", "urn:genpdf:pdf#", "genpdf", own, sizeof own / sizeof *own);
	buf_puts(b, "</rdf:Bag></pdfaExtension:schemas>\n");
}

static void put_packet(struct pdf *p, struct buf *b, const struct facts *f)
{
	buf_puts(b, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
		    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
		    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
		    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
		    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
		    " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
		    " xmlns:genpdf=\"urn:genpdf:pdf#\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
		    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
		    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n");
	put_profile(b, p->profile);
	put_known(b, f);
	put_own(p, b, f);
	if (p->profile != PROFILE_PLAIN)
		put_schemas(b, p->tags.on);
	buf_puts(b, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
}

uint32_t pdf_metadata(struct pdf *p, const struct list *l)
{
	struct buf b = {0};
	struct facts f;
	uint32_t number = door_number(p->door);

	gather(p, l, &f);
	write_info(p, &f);
	put_packet(p, &b, &f);
	/* Not deflated: programs that know no PDF find it by its marks. */
	door_stream(p->door, number, STR("/Type/Metadata/Subtype/XML"), buf_view(&b));
	buf_free(&f.producer);
	buf_free(&b);
	return number;
}
