package org.dropoutspec.report;

/** How pages look: in light and dark, on paper, on a telephone; colours that the colour-blind tell apart. */
final class Style {
    static final String CSS = """
            :root { color-scheme: light dark; --good: #00658f; --bad: #b3400a; --open: #8a6d00; --off: #6b6b6b;
              --line: #8884; --soft: #8882; }
            @media (prefers-color-scheme: dark) { :root { --good: #56b4e9; --bad: #ff8c4d; --open: #e6c229; --off: #9a9a9a; } }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem; }
            h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
            h3 { font-size: 1rem; margin: 0; }
            code, pre { font: .85rem/1.45 ui-monospace, monospace; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); padding: .5rem .75rem; }
            .outcome { border-left: .5rem solid var(--off); padding: .25rem 1rem; }
            .outcome.conformant { border-color: var(--good); } .outcome.nonconformant { border-color: var(--bad); }
            .outcome.not-judged { border-color: var(--open); }
            .verdict { font-size: 1.4rem; font-weight: 600; }
            .conformant .verdict, .pass > summary .square, a.square.pass { color: var(--good); }
            .nonconformant .verdict { color: var(--bad); } .not-judged .verdict { color: var(--open); }
            .finding { border-left: .3rem solid var(--bad); padding: .25rem 1rem; margin: 1rem 0; overflow-wrap: anywhere; }
            .finding.inconclusive, .finding.error { border-color: var(--open); }
            .square { display: inline-block; min-width: 1.25rem; text-align: center; text-decoration: none;
              font-weight: 700; }
            .square.fail { color: #fff; background: var(--bad); } .square.unsupported { color: var(--off); }
            .square.inconclusive, .square.error { color: var(--open); }
            .level { color: var(--off); font-size: .85rem; }
            .wide { overflow-x: auto; } .squares { min-width: 8rem; } table { border-collapse: collapse; }
            th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
            details { border-bottom: 1px solid var(--line); padding: .25rem 0; } summary { cursor: pointer; }
            figure { margin: 1rem 0 2rem; } figcaption { margin-bottom: .5rem; }
            svg { max-width: 100%; height: auto; } svg text { fill: currentColor; font: 12px system-ui, sans-serif; }
            a { color: inherit; } footer { color: var(--off); font-size: .85rem; margin-top: 3rem; overflow-wrap: anywhere; }
            @media print { details { display: none; } .replay { border: 1px solid var(--line); } }
            """;

    private Style() {}
}
