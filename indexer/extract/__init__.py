"""Make text of a document's bytes, whatever they are: text, HTML, XML forms, PDF. The only room that reads markup.

`document` is what others call. `document_kind` tells what a document is, `encoding` its characters; `text`, `html`,
`pdf` and the rooms `markup` and `xml_forms` read one kind each, `mending` joins broken words, `fallback` keeps what can
be seen where a reader fails. Where items begin is found in `outline`, in the text that comes out here.
"""
