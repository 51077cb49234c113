import { enterDemo } from "#server/demo/enter.ts";

export const POST = enterDemo;
