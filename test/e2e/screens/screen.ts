import type { Locator, Page } from '@playwright/test';
import type { Commune } from './commune.ts';

/** One person's way through the app. */
export interface Walk {
  readonly page: Page;
  readonly person: string;
  readonly commune: Commune;
  /** What was offered at enrolment; empty before. */
  passphrase: string;
}

/** One picture: where it is, how it is opened from there, and what is in sight once it is whole. */
export interface Screen {
  /** `s05-child-health`: the number of the screen, and what of it. */
  readonly name: string;
  /** An address within the app; without one the screen follows from the one before. */
  readonly path?: string;
  readonly open?: (walk: Walk) => Promise<unknown>;
  readonly shows: (page: Page) => Locator;
}

/** The PIN of everybody here. */
export const PIN = '482915';

/** Returns a screen's `shows`: the first element that the selector finds. */
export const first =
  (selector: string) =>
  (page: Page): Locator =>
    page.locator(selector).first();

/** Returns a screen's `shows`: a dialog with this title. */
export const dialog =
  (title: string | RegExp) =>
  (page: Page): Locator =>
    page.getByRole('dialog', { name: title });

/** Returns a screen's `open`: a click on a button that is called so. */
export const press =
  (name: string | RegExp) =>
  ({ page }: Walk): Promise<void> =>
    page.getByRole('button', { name }).first().click();

/** Returns a screen's `open`: a click on the first element that the selector finds. */
export const follow =
  (selector: string) =>
  ({ page }: Walk): Promise<void> =>
    page.locator(selector).first().click();

/** Returns a screen's `open`: the tab of this name. */
export const tab =
  (name: string | RegExp) =>
  ({ page }: Walk): Promise<void> =>
    page.getByRole('tab', { name }).click();
