export interface Bug {
  name: string;
  /** One that showed it when all of them were last planted. It saves time: where it doesn't any more, others do. */
  seed?: number;
  changes: { file: string; from: string; to: string }[];
}
