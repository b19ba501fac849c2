// read.mjs FOLDER PDF…: what pdf.js and PDFium give back as text. FOLDER holds node_modules with pdfjs-dist and @hyzyla/pdfium.
// Prints JSON: {"pdf.js": [[page, …] of each PDF], "PDFium": the same}. pdf.js: the pieces of getTextContent, a line end where it says so.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import path from "node:path";

// pdf.js says there what it does without.
console.log = console.warn = console.info = console.error;
const [folder, ...files] = process.argv.slice(2);
const modules = path.resolve(folder, "node_modules");
const require = createRequire(path.join(modules, "x.cjs"));

async function byPdfJs(bytes, pdfjs) {
  const pdf = await pdfjs.getDocument({
    data: new Uint8Array(bytes), useSystemFonts: false, isEvalSupported: false, verbosity: 0,
    cMapUrl: path.join(modules, "pdfjs-dist/cmaps/"), cMapPacked: true,
    standardFontDataUrl: path.join(modules, "pdfjs-dist/standard_fonts/"),
  }).promise;
  const pages = [];
  for (let n = 1; n <= pdf.numPages; n++) {
    const { items } = await (await pdf.getPage(n)).getTextContent();
    pages.push(items.map((item) => (item.str ?? "") + (item.hasEOL ? "\n" : "")).join(""));
  }
  await pdf.destroy();
  return pages;
}

async function byPdfium(bytes, library) {
  const pdf = await library.loadDocument(bytes);
  const pages = [...pdf.pages()].map((page) => page.getText());
  pdf.destroy();
  return pages;
}

process.getBuiltinModule ??= (name) => require(`node:${name.replace(/^node:/, "")}`); // before Node 20.16
const pdfjs = await import(pathToFileURL(path.join(modules, "pdfjs-dist/legacy/build/pdf.mjs")));
const { PDFiumLibrary } = require("@hyzyla/pdfium");
const library = await PDFiumLibrary.init();
const out = { "pdf.js": [], PDFium: [] };
for (const file of files) {
  const bytes = await readFile(file);
  out["pdf.js"].push(await byPdfJs(bytes, pdfjs));
  out.PDFium.push(await byPdfium(bytes, library));
}
library.destroy();
process.stdout.write(JSON.stringify(out));
