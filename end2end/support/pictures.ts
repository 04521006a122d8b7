// Pictures from hosts that are not Burgee: drawn here, because the tests ask nothing of other people's servers.
import { type Page } from '@playwright/test';

/** The host that has a picture at every address. */
export const FOREIGN = 'https://img.example.org';

/** A badge-like picture. */
export const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="20">
  <rect width="96" height="20" rx="3" fill="#1f5f8b"/>
  <text x="48" y="14" fill="#fff" font-family="Verdana,sans-serif" font-size="11" text-anchor="middle">elsewhere</text>
</svg>`;

/** One request for a picture. */
export interface Asked {
  url: string;
  headers: Record<string, string>;
}

/** Answers for FOREIGN, and the hosts below it; tells what was asked. What the policy blocks is never asked. */
export async function drawPictures(page: Page): Promise<Asked[]> {
  const asked: Asked[] = [];
  await page.context().route(/^https:\/\/([a-z]+\.)?img\.example\.org\//, async (route) => {
    asked.push({ url: route.request().url(), headers: await route.request().allHeaders() });
    await route.fulfill({ contentType: 'image/svg+xml', body: PICTURE });
  });
  return asked;
}
