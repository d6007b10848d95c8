/** An artifact as the pictures show it. */
export interface Sample {
  name: string;
  icon?: [emoji: string, background: string];
  isPublic?: boolean;
  /** Null: kept for ever. */
  keepDays: number | null;
  documents: number | null;
  megabytes: number;
  pulls: number;
  /** How long ago it was pushed. */
  hours: number;
  /** No DocumentArray. */
  isOther?: boolean;
}

/** What is kept. */
export const SAMPLES: Sample[] = [
  {
    name: 'amazon-berkeley-objects-dataset-encoded',
    icon: ['🛋️', '#f6d9a8'],
    isPublic: true,
    keepDays: null,
    documents: 5_809,
    megabytes: 100.7,
    pulls: 204,
    hours: 3,
  },
  {
    name: 'amazon-berkeley-objects-dataset',
    icon: ['🛋️', '#f6d9a8'],
    isPublic: true,
    keepDays: null,
    documents: 5_809,
    megabytes: 48.7,
    pulls: 871,
    hours: 3.2,
  },
  {
    name: 'bird-calls-mel-2026',
    icon: ['🐦', '#cfe3fa'],
    keepDays: 7,
    documents: 18_240,
    megabytes: 742.3,
    pulls: 37,
    hours: 5,
  },
  {
    name: 'arxiv-abstracts-q3',
    icon: ['📄', '#dedcf2'],
    keepDays: null,
    documents: 41_200,
    megabytes: 61.4,
    pulls: 112,
    hours: 26,
  },
  {
    name: 'street-signs-munich',
    icon: ['🚏', '#d3ecd6'],
    keepDays: 6,
    documents: 3_120,
    megabytes: 512.9,
    pulls: 64,
    hours: 30,
  },
  { name: 'scratch-2026-11-20', keepDays: 5, documents: 64, megabytes: 0.1, pulls: 1, hours: 50 },
  { name: 'Produkttexte (Entwurf 2)', keepDays: 4, documents: 3_310, megabytes: 4.2, pulls: 2, hours: 74 },
  {
    name: 'sentinel-2-tiles-alps',
    icon: ['🛰️', '#c3d0ec'],
    keepDays: 3,
    documents: 9_216,
    megabytes: 1_480,
    pulls: 21,
    hours: 98,
  },
  { name: 'experiments/run-0142/val', keepDays: 2, documents: 512, megabytes: 1.9, pulls: 0, hours: 122 },
  {
    name: 'lab-notebook-scans',
    icon: ['🔬', '#dbe6e8'],
    keepDays: 0.4,
    documents: 1_032,
    megabytes: 318.9,
    pulls: 8,
    hours: 168,
  },
  {
    name: 'voice-commands-de',
    icon: ['🎙️', '#f2d0d5'],
    isPublic: true,
    keepDays: null,
    documents: 2_750,
    megabytes: 204.8,
    pulls: 433,
    hours: 220,
  },
  {
    name: 'reranker-hard-negatives',
    icon: ['⚖️', '#e8dccb'],
    keepDays: 30,
    documents: 50_000,
    megabytes: 212.5,
    pulls: 118,
    hours: 340,
  },
  {
    name: 'weights-2026-10.pt',
    keepDays: null,
    documents: null,
    megabytes: 96.1,
    pulls: 5,
    hours: 700,
    isOther: true,
  },
  {
    name: 'fashion-mnist-clip',
    icon: ['👟', '#cfe9df'],
    isPublic: true,
    keepDays: null,
    documents: 70_000,
    megabytes: 143.9,
    pulls: 640,
    hours: 850,
  },
];

/** What was deleted; without a client its time ran out. */
export const TRASH = [
  {
    name: 'mnist-sample',
    documents: 2_000,
    megabytes: 9.4,
    hours: 0.3,
    client: 'Mozilla/5.0 (X11; Linux x86_64)',
  },
  { name: 'ablation-2026-11', documents: 8_192, megabytes: 88, hours: 27, client: 'python-requests/2.31.0' },
  { name: 'experiments/run-0139/val', documents: 512, megabytes: 1.9, hours: 160, client: null },
];

/** The programs that pull, each with its share of ten. */
export const CLIENTS = [
  ['python-requests/2.31.0', 6],
  ['Mozilla/5.0 (X11; Linux x86_64)', 2],
  ['aiohttp/3.9.5', 1],
  ['curl/8.5.0', 1],
] as const;
