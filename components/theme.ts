"use client";
import { type CSSVariablesResolver, createTheme } from "@mantine/core";

const fontFamily =
  "var(--segue-font-extended, system-ui), var(--segue-font, system-ui), sans-serif";

export const theme = createTheme({
  primaryColor: "violet",
  primaryShade: { light: 7, dark: 8 },
  colors: {
    // The kit's greys with a touch of the primary colour, so that inputs and cards match.
    dark: [
      "#d9d6e3",
      "#b8b5c4",
      "#918e9e",
      "#6f6c7d",
      "#3f3c4b",
      "#322f3d",
      "#24222d",
      "#1c1a23",
      "#17151d",
      "#100f15",
    ],
  },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily,
  headings: {
    fontFamily,
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.5rem", lineHeight: "1.3" },
      h2: { fontSize: "1.0625rem", lineHeight: "1.4" },
      h3: { fontSize: "1rem", lineHeight: "1.4" },
    },
  },
  components: {
    Paper: { defaultProps: { radius: "lg", withBorder: true, bg: "var(--segue-ground)" } },
    Tooltip: {
      defaultProps: {
        multiline: true,
        maw: 320,
        transitionProps: { duration: 100, enterDelay: 200, transition: "fade" },
      },
    },
    Button: {
      // A label that doesn't fit into one line takes two rather than lose its end.
      styles: {
        root: {
          display: "inline-grid",
          alignItems: "center",
          height: "auto",
          minHeight: "max(var(--button-height), var(--segue-thumb, 0px))",
          paddingBlock: 2,
          lineHeight: 1.25,
        },
        label: { height: "auto", whiteSpace: "normal" },
      },
    },
    Modal: {
      defaultProps: {
        centered: true,
        // The kit's header element would claim to be the page's header, which a dialog's header isn't.
        attributes: { header: { role: "presentation" } },
        transitionProps: { duration: 120 },
        // The gutter is stable (global.css), so compensating for the scrollbar would move the page.
        removeScrollProps: { removeScrollBar: false },
      },
      styles: { header: { background: "var(--segue-ground)" }, title: { fontWeight: 600 } },
    },
    // A label can hold somebody's name, and a name can be one long word.
    InputWrapper: {
      styles: {
        label: { overflowWrap: "anywhere" },
        description: { overflowWrap: "anywhere" },
        error: { overflowWrap: "anywhere" },
      },
    },
    // Fixed, so that the page doesn't jump to where the menu is before it has its place.
    Menu: { defaultProps: { floatingStrategy: "fixed", transitionProps: { duration: 100 } } },
    Badge: { styles: { root: { textTransform: "none", fontWeight: 600, letterSpacing: 0 } } },
    Select: { defaultProps: { comboboxProps: { transitionProps: { duration: 100 } } } },
  },
});

/** The kit's dimmed texts are too pale for WCAG AA on our backgrounds; these reach 4.5 : 1. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#fbfbfd",
    "--mantine-color-text": "#1d1b26",
    "--mantine-color-dimmed": "#5b5966",
    "--mantine-color-placeholder": "#6d6b78",
    "--mantine-color-error": "var(--mantine-color-red-9)",
    "--mantine-color-default-border": "#dcdbe3",
    "--mantine-color-disabled-color": "#5b5966",
    "--mantine-color-green-light": "#e9f8ec",
    "--mantine-color-green-light-color": "#2b7a3d",
    "--mantine-color-yellow-light": "#fff6db",
    "--mantine-color-yellow-light-color": "#8a5a00",
    "--mantine-color-red-light": "#fdeceb",
    "--segue-ground": "#ffffff",
    "--segue-quiet": "#f4f3f8",
    "--segue-good": "#2b7a3d",
    "--segue-bad": "var(--mantine-color-red-9)",
    "--segue-wait": "#8a5a00",
    "--segue-zoom": "#0b5cff",
    "--segue-meet": "#00796b",
  },
  dark: {
    "--mantine-color-body": "#15141b",
    "--mantine-color-text": "#e6e4ee",
    "--mantine-color-dimmed": "#a5a2b2",
    "--mantine-color-placeholder": "#918e9e",
    "--mantine-color-error": "var(--mantine-color-red-4)",
    "--mantine-color-disabled": "#2a2833",
    "--mantine-color-disabled-color": "#b3b0bf",
    "--mantine-color-anchor": "var(--mantine-color-violet-3)",
    "--mantine-color-green-light": "#16301d",
    "--mantine-color-yellow-light": "#362a0e",
    "--mantine-color-red-light": "#3d1a1c",
    "--segue-ground": "#1c1a23",
    "--segue-quiet": "#24222d",
    "--segue-good": "#7fd193",
    "--segue-bad": "var(--mantine-color-red-4)",
    "--segue-wait": "#f0bd5a",
    "--segue-zoom": "#7fa8ff",
    "--segue-meet": "#5cc9b8",
  },
});
