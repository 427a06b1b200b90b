"""How a report looks: on a screen, and on paper."""

STYLE = """
:root { --ink: #1b1f24; --quiet: #5b6470; --line: #d5dae0; --accent: #163a5f; --mark: #fff1b8; --paper: #fff; }
* { box-sizing: border-box; }
html { background: #eef1f4; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { max-width: 52rem; margin: 2rem auto; padding: 3rem 3.5rem 2rem; background: var(--paper); color: var(--ink);
  font: 15px/1.55 Charter, "Bitstream Charter", "Source Serif 4", Cambria, Georgia, "Noto Serif", "DejaVu Serif", serif;
  box-shadow: 0 1px 8px rgba(20, 40, 60, .12); overflow-wrap: break-word; }
h1, h2, h3, th, dt, .kind, .rank, .name, .filing, cite, footer
  { font-family: "Helvetica Neue", Helvetica, "Segoe UI", "Liberation Sans", Arial, "DejaVu Sans", sans-serif; }
header { border-bottom: 3px solid var(--accent); padding-bottom: 1.2rem; margin-bottom: 1.6rem; }
.kind { margin: 0; color: var(--accent); font-size: .74rem; font-weight: 600;
  letter-spacing: .12em; text-transform: uppercase; }
h1 { margin: .35rem 0 .9rem; font-size: 1.75rem; line-height: 1.2; font-weight: 600; }
.verdict { margin: 0 0 .4rem; font-size: 1.18rem; font-weight: 600; }
.basis { margin: 0; color: var(--quiet); }
h2 { margin: 2.2rem 0 .7rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); color: var(--accent);
  font-size: 1.08rem; font-weight: 600; break-after: avoid; }
h3 { margin: 1.3rem 0 .4rem; font-size: .95rem; font-weight: 600; break-after: avoid; }
dl { display: grid; grid-template-columns: 9.5rem 1fr; gap: .3rem 1rem; margin: 0; }
dt { color: var(--quiet); font-size: .82rem; padding-top: .12rem; }
dd { margin: 0; }
.day { white-space: nowrap; }
code { overflow-wrap: anywhere;
  font: .86em/1.5 "SFMono-Regular", Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; }
table { width: 100%; border-collapse: collapse; font-size: .84rem; line-height: 1.4; }
th { text-align: left; font-size: .72rem; font-weight: 600; color: var(--quiet); border-bottom: 1.5px solid var(--ink);
  padding: .3rem .7rem .3rem 0; vertical-align: bottom; }
td { padding: .32rem .7rem .32rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
table.list { font-size: .76rem; }
code.whole { white-space: nowrap; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.more, .source { color: var(--quiet); font-size: .8rem; }
.hit { padding: .2rem 0 .6rem; border-bottom: 1px solid var(--line); }
.hit:last-of-type { border-bottom: 0; }
.hit h3 { font-size: 1rem; margin-bottom: .1rem; }
.rank { color: var(--quiet); font-weight: 400; }
.filing { margin: 0 0 .6rem; font-size: .84rem; color: var(--quiet); break-after: avoid; }
.name { margin: .6rem 0 .3rem; font-size: .84rem; break-after: avoid; }
blockquote { margin: 0 0 .7rem; padding: .1rem 0 .1rem 1rem; border-left: 3px solid var(--line); break-inside: avoid; }
blockquote p { margin: 0; }
blockquote p::before, blockquote p::after { content: "…"; color: var(--quiet); }
blockquote p::before { margin-right: .3em; }
blockquote p::after { margin-left: .2em; }
mark { background: var(--mark); color: inherit; padding: 0 .1em; border-radius: 2px; }
cite { display: block; margin-top: .2rem; font-size: .74rem; font-style: normal; color: var(--quiet); }
.source { margin: .3rem 0 .4rem; font-size: .74rem; line-height: 1.5; }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: 2px; }
footer { margin-top: 2.4rem; padding-top: .8rem; border-top: 3px solid var(--accent);
  color: var(--quiet); font-size: .78rem; }
footer p { margin: .2rem 0; }
@media (max-width: 44rem) { body { margin: 0; padding: 1.5rem 1.2rem; } dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; } }
@media print {
  html { background: none; }
  body { max-width: none; margin: 0; padding: 0; box-shadow: none; font-size: 10.5pt; }
  .annex { break-before: page; }
  a { text-decoration: none; }
}
@page { size: A4; margin: 19mm 18mm 20mm;
  @bottom-left { content: "Search of EDGAR filings"; font: 8pt "Liberation Sans", Arial, sans-serif; color: #5b6470; }
  @bottom-right { content: counter(page) " / " counter(pages);
    font: 8pt "Liberation Sans", Arial, sans-serif; color: #5b6470; } }
"""
