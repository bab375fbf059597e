import { useState } from "react";
import { money } from "../quality/money";

export const CURRENCIES = ["EUR", "USD", "GBP", "INR", "JPY"];

/** How many smallest units make one: most have a hundredth, the yen none. */
export const unitsOf = (currency: string): number =>
  10 ** (new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2);

export const minor = (amount: number, currency: string): string => money(amount / unitsOf(currency), currency);

export const toMinor = (amount: number, currency: string): number => Math.round(amount * unitsOf(currency));

/** A price of one answer may be a part of the smallest unit. */
export const toMinorParts = (amount: number, currency: string): number => Number((amount * unitsOf(currency)).toPrecision(12));

const NAME = "touchstone-currency";

/** The currency that this browser writes money in. */
export function useCurrency(): [string, (currency: string) => void] {
  const [currency, setCurrency] = useState(() => {
    const kept = localStorage.getItem(NAME);
    return kept !== null && CURRENCIES.includes(kept) ? kept : "EUR";
  });
  return [
    currency,
    next => {
      localStorage.setItem(NAME, next);
      setCurrency(next);
    },
  ];
}
