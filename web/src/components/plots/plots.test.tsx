import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { CountBars } from "./CountBars";
import { csvOf } from "./csv";
import { HeatMap } from "./HeatMap";
import { IntervalBars } from "./IntervalBars";
import { LineInterval } from "./LineInterval";
import { linear, shareStart, ticks, wholeTicks } from "./scales";
import { lightRules, standaloneSvg } from "./svg";
import { clipped } from "./text";

describe("scales", () => {
  test("map the ends of a domain to the ends of the range", () => {
    const scale = linear([0.5, 1], [40, 240]);
    expect([scale(0.5), scale(0.75), scale(1)]).toEqual([40, 140, 240]);
    expect(linear([0, 1], [100, 0])(0.25)).toBe(75);
    expect(linear([3, 3], [0, 10])(3)).toBe(5);
  });

  test("ticks are round, lie within the ends and carry no error of addition", () => {
    expect(ticks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticks(-0.2, 1, 5)).toEqual([0, 0.5, 1]);
    expect(ticks(0.9, 1, 4)).toEqual([0.9, 0.95, 1]);
    expect(ticks(2, 2)).toEqual([2]);
    expect(wholeTicks(3)).toEqual([0, 1, 2, 3]);
    expect(wholeTicks(0)).toEqual([0, 1]);
  });

  test("a scale of shares begins where everything is seen", () => {
    expect([shareStart(0.97), shareStart(0.8), shareStart(0.6), shareStart(0.2), shareStart(-0.13)]).toEqual([0.9, 0.75, 0.5, 0, -0.2]);
  });
});

describe("csv", () => {
  test("has a header, full precision, quotes where they are needed and nothing for what is not known", () => {
    const text = csvOf(
      ["name", "value"],
      [
        ['say "hi", twice', 1 / 3],
        ["line\nbreak", null],
        ["plain", Number.NaN],
      ],
    );
    expect(text).toBe('name,value\r\n"say ""hi"", twice",0.3333333333333333\r\n"line\nbreak",\r\nplain,\r\n');
  });

  test("a name that a spreadsheet would run is only a name", () => {
    expect(csvOf(["name"], [["=HYPERLINK(1)"], ["-dash"]])).toBe("name\r\n'=HYPERLINK(1)\r\n'-dash\r\n");
  });
});

describe("drawings", () => {
  const bars = renderToStaticMarkup(
    <IntervalBars width={640} label="Agreement" rows={[{ key: "car", label: "Car & van", value: 0.8, low: 0.7, high: 0.875 }]} />,
  );

  test("bars begin at zero, carry their interval and their numbers in text", () => {
    expect(bars).toContain("Car &amp; van");
    expect(bars).toMatch(/70\.0–87\.5/);
    const [x1, x2] = /class="plot-whisker" x1="([\d.]+)" x2="([\d.]+)"/.exec(bars)?.slice(1).map(Number) ?? [];
    const [, start, length] = /class="plot-bar" x="([\d.]+)" width="([\d.]+)"/.exec(bars)?.map(Number) ?? [];
    const end = (start as number) + (length as number);
    expect(x1).toBeLessThan(end);
    expect(x2).toBeGreaterThan(end);
  });

  test("an exported file is XML with its rules within and needs no variable, font or address of the page", () => {
    const file = standaloneSvg(bars, "Agreement <by class>");
    expect(file.startsWith('<?xml version="1.0"')).toBe(true);
    expect(file).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(file).toContain("<title>Agreement &lt;by class&gt;</title>");
    expect(file).toContain('fill="#ffffff"');
    expect(file).not.toMatch(/var\(|url\(|aria-|role=/);
    expect(lightRules()).toContain("#14181b");
    expect(file).toMatch(/width="640" height="\d+"/);
  });

  test("a heat map writes each share into its cell and marks mistakes otherwise than what is right", () => {
    const map = renderToStaticMarkup(
      <HeatMap
        width={480}
        label="Confusion"
        trueLabel="True"
        saidLabel="Said"
        labels={["car", "van"]}
        rows={[
          [0.9, 0.1],
          [0, 1],
        ]}
        titleOf={(row, column) => `${row}/${column}`}
      />,
    );
    expect(map.match(/class="plot-right"/g)).toHaveLength(2);
    expect(map.match(/class="plot-wrong"/g)).toHaveLength(2);
    expect(map).toContain(">90.0<");
    expect(map).toContain(">100<");
    expect(map).toContain("<title>0/1</title>");
  });

  test("one point alone has its interval; a run has a band", () => {
    const point = { x: 10, value: 0.8, low: 0.6, high: 0.9, title: "ten" };
    const one = renderToStaticMarkup(<LineInterval width={400} label="l" xLabel="x" points={[point]} />);
    expect(one).toContain("plot-whisker");
    const run = renderToStaticMarkup(
      <LineInterval width={400} label="l" xLabel="x" points={[point, { ...point, x: 20 }]} mark={{ x: 15, text: "drift" }} />,
    );
    expect(run).toContain("plot-band");
    expect(run).toContain(">drift<");
  });

  test("counts stand over their bars", () => {
    const drawn = renderToStaticMarkup(
      <CountBars width={400} label="l" xLabel="Responses" bars={[{ x: 2, count: 1200 }]} mark={{ x: 9, text: "fixed" }} />,
    );
    expect(drawn).toContain("1\u202f200");
    expect(drawn).toContain(">fixed<");
  });

  test("long names are cut with a sign", () => {
    expect(clipped("abcdefghijklmnop", 66)).toBe("abcdefghi…");
    expect(clipped("short", 66)).toBe("short");
  });
});
