import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from "@mantine/core";
import { shell } from "../messages/en/shell";

/** Shades are not used: the colours of "ink" are set as variables in theme.css, for light and dark. */
const ink: MantineColorsTuple = [
  "#f6f7f8",
  "#e8ebee",
  "#dde1e5",
  "#c3c9cf",
  "#98a2ab",
  "#707b85",
  "#505a63",
  "#2b3238",
  "#1c2125",
  "#14181b",
];

export const theme = createTheme({
  primaryColor: "ink",
  colors: { ink },
  fontFamily: "var(--text)",
  fontFamilyMonospace: "var(--mono)",
  defaultRadius: 6,
  cursorType: "pointer",
  respectReducedMotion: true,
  // The action's text changes with its ground: white on ink in the light, ink on gold in the dark.
  variantColorResolver: input => {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === "filled" && input.color === "ink" ? { ...colors, color: "var(--action-ink)" } : colors;
  },
  components: {
    PasswordInput: { defaultProps: { visibilityToggleButtonProps: { "aria-label": shell.showPassword } } },
    Button: { defaultProps: { size: "sm" } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 80 } } },
    Select: { defaultProps: { comboboxProps: { transitionProps: { duration: 0 } } } },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
  },
});
