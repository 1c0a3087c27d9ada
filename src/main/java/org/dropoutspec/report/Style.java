package org.dropoutspec.report;

/** The style of the pages: light and dark, on paper and on a phone, in colours that the colour-blind tell apart. */
final class Style {
    static final String CSS = """
            :root { color-scheme: light dark; --good: #00658f; --bad: #b3400a; --open: #8a6d00; --off: #6b6b6b;
              --line: #8884; --soft: #8882; }
            @media (prefers-color-scheme: dark) { :root { --good: #56b4e9; --bad: #ff8c4d; --open: #e6c229; --off: #9a9a9a; } }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem; }
            h1 { font-size: 1.6rem; margin: 0; overflow-wrap: anywhere; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
            h3 { font-size: 1rem; margin: 0; } section > h3 { margin: 1.5rem 0 .25rem; }
            code, pre { font: .85rem/1.45 ui-monospace, monospace; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); padding: .5rem .75rem; }
            .outcome { border-left: .5rem solid var(--off); padding: .25rem 1rem; }
            .outcome.conformant { border-color: var(--good); } .outcome.nonconformant { border-color: var(--bad); }
            .outcome.not-judged { border-color: var(--open); }
            .verdict { font-size: 1.4rem; font-weight: 600; }
            .conformant .verdict, .square.pass { color: var(--good); }
            .nonconformant .verdict { color: var(--bad); } .not-judged .verdict { color: var(--open); }
            .finding { border-left: .3rem solid var(--bad); padding: .25rem 1rem; margin: 1rem 0; overflow-wrap: anywhere; }
            .finding.advice { border-color: var(--off); } .square.fail.advice { outline: none; }
            .finding.inconclusive, .finding.error { border-color: var(--open); }
            details.finding { border-bottom: 0; } details.finding[open] > summary { margin-bottom: .5rem; }
            .square { display: inline-block; min-width: 1.25rem; text-align: center; text-decoration: none;
              font-weight: 700; white-space: nowrap; margin: 0 .3rem .15rem 0; }
            .matrix .square { text-align: left; } .matrix .level { font-size: inherit; }
            .level + .square { margin-left: 1rem; }
            .square.fail { color: var(--bad); outline: 2px solid var(--bad); outline-offset: -2px;
              padding: 0 .2rem; }
            .square.unsupported { color: var(--off); } .square.inconclusive, .square.error { color: var(--open); }
            .level { color: var(--off); font-size: .85rem; }
            .wide { overflow-x: auto; }
            .wide.across { position: relative; left: 50%; transform: translateX(-50%); box-sizing: border-box;
              width: max-content; min-width: 100%; max-width: calc(100vw - 2rem); }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
            .matrix th, .matrix td { padding: .2rem .4rem; } .matrix th code { font-size: .8rem; }
            td.conformant { color: var(--good); } td.nonconformant { color: var(--bad); } td.not-judged { color: var(--open); }
            .matrix tbody th, .matrix thead th:first-child { position: sticky; left: 0; background: Canvas; }
            details { border-bottom: 1px solid var(--line); padding: .25rem 0; } summary { cursor: pointer; }
            details.quiet { border: 0; color: var(--off); } details.quiet[open] { color: inherit; }
            figure { margin: 1rem 0 2rem; overflow-x: auto; } figcaption { margin-bottom: .5rem; position: sticky; left: 0; }
            figure details { border: 0; position: sticky; left: 0; overflow-x: auto; }
            svg { max-width: 100%; height: auto; } svg text { fill: currentColor; font: 12px system-ui, sans-serif; }
            @media (max-width: 45rem) {
              figure > svg.broad { max-width: none; width: 40rem; } .replay { white-space: pre; overflow-x: auto; }
            }
            .side { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; } .side svg { flex: 0 1 auto; }
            a { color: inherit; } footer { color: var(--off); font-size: .85rem; margin-top: 3rem; overflow-wrap: anywhere; }
            @media print {
              body { font-size: 11px; padding: 0; max-width: none; } svg.broad { max-width: 80%; }
              h2, h3, figcaption, summary { break-after: avoid; } figure, .finding, tr { break-inside: avoid; }
              details { display: none; } details.paper { display: block; }
              details.paper::details-content { content-visibility: visible; block-size: auto; display: block; }
              .replay { border: 1px solid var(--line); } .wide, figure { overflow: visible; }
              .wide.across { position: static; transform: none; width: auto; max-width: none; }
              .matrix th, .matrix td { padding: .1rem .2rem; font-size: 9px; } .matrix th code { font-size: 8px; }
            }
            """;

    private Style() {}
}
