export interface Bug {
  name: string;
  changes: { file: string; from: string; to: string }[];
}
