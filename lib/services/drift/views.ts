import { z } from "zod";

export const linkCheck = z.object({
  checked: z.number().describe("Rooms of future lessons that were looked at."),
  repaired: z.number().describe("Of those gone or different: seen to; the work goes on by itself."),
  gone: z.number(),
  differs: z.number().describe("Time, title or link are not what the provider answered to Segue."),
  unknown: z.number().describe("The provider gave no answer; nothing was changed."),
  strays: z.number().describe("Rooms of ours that no lesson uses: they are being deleted."),
});
export type LinkCheck = z.infer<typeof linkCheck>;
