// Live curves with uPlot. Points come in small pieces by series key; a chart is redrawn at most once per animation frame.
import uPlot from '../lib/uplot/uPlot.esm.js';

const charts = new Set();

/** A colour of the style sheet as the canvas takes it: light-dark() and mixtures resolved; thinned to a share of its opacity where one is given. */
function colour(name, percent = 100) {
  const probe = document.createElement('i');
  probe.style.color = percent === 100 ? `var(${name})` : `color-mix(in srgb, var(${name}) ${percent}%, transparent)`;
  document.body.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

const significant = value => value == null ? '–' : Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential(2).replace(/\.?0+e/, 'e') : String(+value.toPrecision(4));

class Chart {
  constructor(host, options) {
    this.host = host;
    this.options = options;
    this.series = options.series.map(series => ({ ...series, x: [], y: [], shown: true }));
    this.byKey = new Map(this.series.map(series => [series.key, series]));
    this.legend = host.querySelector('[data-legend]');
    this.plot = host.querySelector('[data-plot]');
    this.drawLegend();
    this.build();
    this.resizer = new ResizeObserver(() => this.resize());
    this.resizer.observe(this.plot);
    charts.add(this);
  }

  build() {
    const zoom = this.isZoomed ? { ...this.uplot.scales.x } : null;
    this.uplot?.destroy();
    const axis = { stroke: colour('--text-muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui, sans-serif' };
    this.uplot = new uPlot({
      width: Math.max(this.plot.clientWidth, 120),
      height: this.options.height ?? 200,
      legend: { show: false },
      cursor: { y: false, points: { size: 6 }, drag: { x: true, y: false }, sync: this.options.sync ? { key: this.options.sync } : undefined },
      scales: { x: { time: false }, y: this.options.log ? { distr: 3 } : { range: (_, low, high) => padded(low, high) } },
      axes: [
        { ...axis, size: 32, space: 70, values: (_, values) => values.map(value => Number.isInteger(value) ? value.toLocaleString('en') : '') },
        { ...axis, size: 56, space: 34, values: (_, values) => values.map(significant), ...this.options.log && { splits: (_, axis, low, high) => decades(low, high), filter: (_, splits) => splits } },
      ],
      series: [{}, ...this.series.map(series => ({
        label: series.label,
        stroke: series.edge ? 'transparent' : colour(`--curve-${series.colour % 8}`),
        width: series.edge ? 0 : series.dashed ? 1.5 : 2,
        dash: series.dashed ? [5, 4] : undefined,
        show: series.shown,
        spanGaps: true,
        points: { show: (_, index) => series.x.length === 1 && !series.edge },
      }))],
      bands: this.series.filter(series => series.band).map(series => ({
        series: series.band.map(key => this.series.indexOf(this.byKey.get(key)) + 1),
        fill: colour(`--curve-${series.colour % 8}`, 16),
      })),
      hooks: {
        setCursor: [plot => this.showValues(plot.cursor.idx)],
        setScale: [(plot, scale) => scale === 'x' && this.noteZoom(plot)],
      },
    }, this.table(), this.plot);
    if (zoom) {
      this.uplot.setScale('x', zoom);
    }
  }

  /** One table over the union of all steps: what uPlot draws. */
  table() {
    const filled = this.series.filter(series => series.x.length > 0);
    if (filled.length === 0) {
      return [[], ...this.series.map(() => [])];
    }
    const joined = uPlot.join(filled.map(series => [series.x, series.y]));
    const steps = joined[0];
    return [steps, ...this.series.map(series => {
      const at = filled.indexOf(series);
      return at < 0 ? steps.map(() => undefined) : joined[at + 1];
    })];
  }

  drawLegend() {
    this.legend.replaceChildren(...this.series.filter(series => !series.edge).map(series => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'legend-item';
      button.setAttribute('aria-pressed', 'true');
      const mark = document.createElement('span');
      mark.className = series.dashed ? 'legend-mark is-dashed' : 'legend-mark';
      mark.style.setProperty('--mark', `var(--curve-${series.colour % 8})`);
      series.valueText = document.createElement('span');
      series.valueText.className = 'legend-value';
      button.append(mark, document.createTextNode(series.label), series.valueText);
      button.addEventListener('click', () => {
        const together = [series, ...(series.band ?? []).map(key => this.byKey.get(key))];
        const shown = !series.shown;
        button.setAttribute('aria-pressed', String(shown));
        for (const one of together) {
          one.shown = shown;
          this.uplot.setSeries(this.series.indexOf(one) + 1, { show: shown });
        }
      });
      return button;
    }));
    this.reset = document.createElement('button');
    this.reset.type = 'button';
    this.reset.className = 'legend-item legend-reset';
    this.reset.textContent = 'Reset zoom';
    this.reset.hidden = true;
    this.reset.addEventListener('click', () => this.zoomOut());
    this.legend.append(this.reset);
  }

  /** Values under the cursor, else the last ones; a step at which a curve has no point is undefined, one at which its value is not finite null. */
  showValues(index) {
    for (const [i, series] of this.series.entries()) {
      if (series.edge) {
        continue;
      }
      const column = this.uplot?.data[i + 1] ?? [];
      let at = index ?? column.length - 1;
      while (at >= 0 && column[at] === undefined) {
        at--;
      }
      series.valueText.textContent = at < 0 ? '' : column[at] === null ? 'NaN/∞' : significant(column[at]);
    }
  }

  noteZoom(plot) {
    const steps = plot.data[0];
    const { min, max } = plot.scales.x;
    this.isZoomed = steps.length > 1 && min != null && (min > steps[0] || max < steps[steps.length - 1]) && !this.filling;
    this.reset.hidden = !this.isZoomed;
  }

  zoomOut() {
    this.isZoomed = false;
    this.draw();
  }

  draw() {
    this.filling = !this.isZoomed;
    const table = this.table();
    this.uplot.setData(table, !this.isZoomed);
    this.plot.dataset.points = table[0].length;
    this.filling = false;
    this.showValues(null);
  }

  schedule() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  change(rewoundTo, added) {
    if (rewoundTo != null) {
      for (const series of this.series) {
        const keep = series.x.findIndex(step => step > rewoundTo);
        if (keep >= 0) {
          series.x.length = series.y.length = keep;
        }
      }
    }
    for (const [key, { steps, values }] of Object.entries(added)) {
      const series = this.byKey.get(key);
      if (series) {
        series.x.push(...steps);
        series.y.push(...values);
      }
    }
    this.schedule();
  }

  replace(points) {
    for (const series of this.series) {
      series.x = [...points[series.key]?.steps ?? []];
      series.y = [...points[series.key]?.values ?? []];
    }
    this.schedule();
  }

  resize() {
    const width = this.plot.clientWidth;
    if (width > 0 && Math.abs(width - this.uplot.width) > 1) {
      this.uplot.setSize({ width, height: this.options.height ?? 200 });
    }
  }

  dispose() {
    cancelAnimationFrame(this.frame);
    this.resizer.disconnect();
    this.uplot.destroy();
    charts.delete(this);
  }
}

/** A little room above and below; a flat curve in the middle. */
function padded(low, high) {
  if (low == null) {
    return [0, 1];
  }
  const room = high > low ? (high - low) * 0.06 : Math.abs(high) * 0.1 || 1;
  return [low - room, high + room];
}

/** Powers of ten from low to high, six at most. */
function decades(low, high) {
  const [from, to] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const step = Math.max(1, Math.ceil((to - from) / 5));
  return Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, i) => Number(`1e${from + i * step}`));
}

document.addEventListener('mtl-theme', () => charts.forEach(chart => chart.build()));

/** Makes a chart in `host`, which holds elements marked data-legend and data-plot. */
export function create(host, options, points) {
  const chart = new Chart(host, options);
  chart.replace(points);
  return chart;
}
