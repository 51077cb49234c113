import localFont from "next/font/local";

// A font that hasn't loaded by the first paint is used only from the next page on, so that no text changes
// while somebody reads it.
const latin = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  display: "optional",
  adjustFontFallback: "Arial",
  variable: "--segue-font",
});

/** Loaded only for pages with such letters, which many names have. */
const latinExtended = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
  weight: "100 900",
  display: "optional",
  preload: false,
  adjustFontFallback: false,
  variable: "--segue-font-extended",
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF",
    },
  ],
});

/** Makes the two fonts available to everything below; the theme uses them. */
export const fontVariables = `${latin.variable} ${latinExtended.variable}`;
