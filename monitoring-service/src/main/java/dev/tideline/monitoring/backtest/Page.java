package dev.tideline.monitoring.backtest;

import dev.tideline.monitoring.backtest.Run.Mark;
import java.util.List;
import java.util.Locale;

/** The report as one HTML file that needs nothing else. */
final class Page {

    private static final String HEAD = """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Backtest</title><style>
            :root{color-scheme:light dark;--ink:#1c2733;--dim:#68778a;--line:#d8dfe7;--paper:#fff;--policy:#0b6bcb;--good:#1a8f5a;--bad:#c2503a}
            @media(prefers-color-scheme:dark){:root{--ink:#e4eaf1;--dim:#93a1b3;--line:#344253;--paper:#131a22;--policy:#5aa9f5;--good:#4dc58c;--bad:#ef8a72}}
            body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:1080px;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.4rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .4rem}p{color:var(--dim);margin:.2rem 0 1rem}
            table{border-collapse:collapse}th,td{padding:.25rem 1rem .25rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}tr.policy td{font-weight:600}
            .wide{overflow-x:auto}svg{width:100%;height:auto;min-width:640px}svg text{fill:var(--dim);font-size:12px}.side{text-anchor:end}.foot{text-anchor:middle}.grid{stroke:var(--line)}
            polyline{fill:none;stroke-width:1.5}.rival0{stroke:#9aa7b5}.rival1{stroke:#c9a227}.rival2{stroke:#a779c9}polyline.policy{stroke:var(--policy);stroke-width:2.5}
            line.deployed{stroke:var(--good);stroke-width:1.2}line.rejected{stroke:var(--bad);stroke-dasharray:3 4}
            .key{display:inline-block;width:1.4em;border-top:3px solid;vertical-align:middle;margin:0 .4em 0 1em}
            </style>
            """;
    private static final List<String> COLOURS = List.of("#9aa7b5", "#c9a227", "#a779c9");

    private Page() {}

    /** @param noChange accuracy of the label that was last known */
    static String of(String title, String about, double noChange, int past, int rows, List<Run> runs) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("<h1>").append(escape(title)).append("</h1><p>").append(escape(about)).append("</p>");
        page.append("<div class=wide><table><tr><th><th class=n>accuracy<th class=n>trainings<th class=n>deploys<th class=n>training minutes");
        page.append(String.format(Locale.ROOT, "<tr><td>no change (the label last known)<td class=n>%.2f %%<td><td><td>", 100 * noChange));
        for (Run run : runs) {
            page.append(String.format(Locale.ROOT, "<tr%s><td>%s<td class=n>%.2f %%<td class=n>%d<td class=n>%d<td class=n>%.1f",
                    run == runs.getLast() ? " class=policy" : "", escape(run.name()), 100 * run.accuracy(), run.count(Mark.Kind.TRAINED),
                    run.count(Mark.Kind.DEPLOYED), run.trainingMinutes()));
        }
        page.append("</table></div><h2>Accuracy</h2><p>");
        for (int i = 0; i < runs.size(); i++) {
            String colour = i == runs.size() - 1 ? "var(--policy)" : COLOURS.get(i % COLOURS.size());
            page.append("<span class=key style=\"color:").append(colour).append("\"></span>").append(escape(runs.get(i).name()));
        }
        page.append("<span class=key style=\"color:var(--good)\"></span>the policy deployed<span class=key style=\"color:var(--bad)\"></span>the gate refused</p>");
        page.append("<div class=wide>").append(new Picture(past, rows, runs).svg()).append("</div>");
        page.append("<h2>What the policy did</h2>");
        if (runs.getLast().marks().isEmpty()) {
            return page.append("<p>Nothing: no alarm, no drift that asked for a training, no broken data. The first version answered every row.</p></html>\n").toString();
        }
        page.append("<table><tr><th class=n>row<th><th>");
        for (Mark mark : runs.getLast().marks()) {
            page.append(String.format(Locale.ROOT, "<tr><td class=n>%,d<td>%s<td>%s", mark.row() + 1,
                    mark.kind().name().toLowerCase(Locale.ROOT), escape(mark.text())));
        }
        return page.append("</table></html>\n").toString();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
