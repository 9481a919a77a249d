import type { Browser, Page } from 'puppeteer-core';
import { openPage } from './browsers.js';
import { ADMIN, type WordPress } from './wordpress.js';

/** As much of the block editor as tests steer by script. */
interface EditorScripts {
  data: {
    dispatch(store: string): {
      insertBlock(block: unknown): void;
      set(scope: string, name: string, value: boolean): void;
      editPost(changes: { title?: string; status?: string }): void;
      savePost(): Promise<void>;
    };
    select(store: string): { getPermalink(): string; getCurrentPostType(): string | null };
  };
  blocks: { createBlock(name: string, attributes: object): unknown };
  apiFetch(request: { path: string; method: string }): Promise<{ token: string }>;
}

declare global {
  interface Window {
    wp: EditorScripts;
  }
}

/** The administrator at the dashboard, signed in. */
export class WordPressAdmin {
  readonly page: Page;
  readonly #origin: string;

  private constructor(page: Page, origin: string) {
    this.page = page;
    this.#origin = origin;
  }

  static async signIn(browser: Browser, { origin }: WordPress): Promise<WordPressAdmin> {
    const page = await openPage(browser, `${origin}/wp-login.php`);
    const admin = new WordPressAdmin(page, origin);
    await admin.fill({ user_login: ADMIN.user, user_pass: ADMIN.password });
    await admin.press('#wp-submit');
    return admin;
  }

  /** Opens a page of the dashboard. */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.#origin}/wp-admin/${path}`);
  }

  /** Writes into fields, by their ids. */
  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    await this.page.evaluate((values) => {
      for (const [id, value] of Object.entries(values)) {
        (document.getElementById(id) as HTMLInputElement).value = value;
      }
    }, fields);
  }

  /** Presses what leads to another page, and waits for that. */
  async press(selector: string): Promise<void> {
    await Promise.all([this.page.waitForNavigation(), this.page.$eval(selector, (it) => (it as HTMLElement).click())]);
  }

  /** Writes a page in the block editor, with this block in it, up to before it is published. */
  async writePage(title: string, block: string, query = '', attributes: object = {}): Promise<void> {
    await this.open(`post-new.php?post_type=page${query}`);
    // Newer editors begin with no page at all.
    await this.page.waitForFunction(() => window.wp.data.select('core/editor').getCurrentPostType(), { polling: 25 });
    await this.page.evaluate(
      (name, text, given) => {
        const { data, blocks } = window.wp;
        data.dispatch('core/preferences').set('core/edit-post', 'welcomeGuide', false);
        data.dispatch('core/editor').editPost({ title: text });
        data.dispatch('core/block-editor').insertBlock(blocks.createBlock(name, given));
      },
      block,
      title,
      attributes,
    );
  }

  /** Publishes what is in the editor. Gives its address. */
  async publish(): Promise<string> {
    return this.page.evaluate(async () => {
      const editor = window.wp.data.dispatch('core/editor');
      editor.editPost({ status: 'publish' });
      await editor.savePost();
      return window.wp.data.select('core/editor').getPermalink();
    });
  }
}
