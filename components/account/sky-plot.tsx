const HORIZON = 260;
/** Radii of the circles of 60, 30 and 0 degrees above the horizon. */
const CIRCLES = [96, 178, HORIZON];
const TICK_STEP_DEGREES = 5;

/** One mark on the horizon; longer each 30 degrees, longest at the four winds. */
function tick(degrees: number): string {
  const length = degrees % 90 === 0 ? 12 : degrees % 30 === 0 ? 11 : 6;
  const angle = (degrees * Math.PI) / 180;
  const at = (radius: number) =>
    `${(radius * Math.sin(angle)).toFixed(1)} ${(-radius * Math.cos(angle)).toFixed(1)}`;
  return `M${at(HORIZON)}L${at(HORIZON + length)}`;
}

const TICKS = Array.from({ length: 360 / TICK_STEP_DEGREES }, (_, index) =>
  tick(index * TICK_STEP_DEGREES),
).join('');

const WINDS = [
  { name: 'N', x: 0, y: -282 },
  { name: 'E', x: 287, y: 4 },
  { name: 'S', x: 0, y: 294 },
  { name: 'W', x: -287, y: 4 },
];

/** What a ground station looks at: the sky from above, and one pass across it. */
export function SkyPlot() {
  return (
    <svg viewBox="-320 -320 640 640" fill="none" aria-hidden className="mx-auto w-full max-w-132">
      <g className="stroke-line-firm">
        {CIRCLES.map((radius) => (
          <circle key={radius} r={radius} />
        ))}
        <path d={`M${-HORIZON} 0H${HORIZON}M0 ${-HORIZON}V${HORIZON}`} strokeDasharray="2 5" />
      </g>
      <path d={TICKS} className="stroke-line-control" />
      <g className="fill-text-3 font-mono text-11" textAnchor="middle">
        {WINDS.map(({ name, x, y }) => (
          <text key={name} x={x} y={y}>
            {name}
          </text>
        ))}
        <text x="20" y="-102">
          60
        </text>
        <text x="20" y="-184">
          30
        </text>
      </g>
      <path d="M-232 117C-160 -50 15 -152 221 -137" className="stroke-accent" strokeWidth="1.5" />
      <g className="fill-accent">
        <circle cx="-232" cy="117" r="2.5" />
        <circle cx="221" cy="-137" r="2.5" />
        <circle cx="-45" cy="-86" r="4.5" />
      </g>
      <circle cx="-45" cy="-86" r="10" className="stroke-accent" />
    </svg>
  );
}
