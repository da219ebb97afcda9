// /app/embed.js: <metabase-dashboard> and <metabase-question> on the pages of others. Each is a signed frame
// that has the height of its content. What is common to all stands in window.metabaseConfig.
import { type SizedFrame, sizeFrame } from './frames';
import { addressOf, type Config, expiryOf, type Kind, type Wishes } from './guest';

declare global {
  interface Window {
    metabaseConfig?: Config;
    /** Called when the configuration changes after the elements are there. */
    defineMetabaseConfig?: (config: Config) => void;
  }
}

const secondsAhead = 30;
const ownOrigin = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src.replace(/\/app\/embed\.js.*$/, '') : '';
const elements = new Set<PublishedElement>();
const config = (): Config => ({ instanceUrl: ownOrigin, ...window.metabaseConfig });

abstract class PublishedElement extends HTMLElement {
  static readonly observedAttributes = [
    'token', 'dashboard-id', 'question-id', 'with-title', 'with-downloads', 'initial-parameters', 'parameters',
    'hidden-parameters', 'auto-refresh-interval', 'custom-context',
  ];

  abstract readonly kind: Kind;
  private frame: SizedFrame | null = null;
  private timer = 0;
  private turn = 0;

  connectedCallback(): void {
    elements.add(this);
    this.plan();
  }

  disconnectedCallback(): void {
    elements.delete(this);
    clearTimeout(this.timer);
    this.turn += 1;
    this.frame?.iFrameResizer?.removeListeners();
    this.frame?.remove();
    this.frame = null;
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.plan();
  }

  /** Several attributes that change together make one frame. */
  plan(): void {
    const turn = ++this.turn;

    queueMicrotask(() => {
      if (turn === this.turn) void this.show(turn);
    });
  }

  private async show(turn: number): Promise<void> {
    clearTimeout(this.timer);
    try {
      const token = await this.token();
      if (turn !== this.turn || !token) return;
      this.load(addressOf(this.kind, token, this.wishes(), config()));
      this.renewBefore(expiryOf(token));
    } catch (error) {
      this.dispatchEvent(new CustomEvent('error', { detail: error }));
    }
  }

  private async token(): Promise<string | null> {
    const { guestEmbedProviderUri: provider } = config();
    if (!provider) return this.getAttribute('token');
    const entityId = this.getAttribute(`${this.kind}-id`);
    if (!entityId) return this.getAttribute('token');

    const context = this.json('custom-context');
    const response = await fetch(provider, {
      method: 'POST',
      credentials: 'include',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: JSON.stringify({ entityType: this.kind, entityId: /^\d+$/.test(entityId) ? Number(entityId) : entityId, ...(context !== undefined && { customContext: context }) }),
    });
    if (!response.ok) throw new Error(`${provider}: ${response.status}`);
    const { jwt } = (await response.json()) as { jwt?: string };
    if (!jwt) throw new Error(`${provider}: no jwt in the answer`);
    return jwt;
  }

  /** A token of a provider is asked for again before it ends; one of the page is the page's to change. */
  private renewBefore(expiry: number | null): void {
    if (!expiry || !config().guestEmbedProviderUri || !this.hasAttribute(`${this.kind}-id`)) return;
    const wait = Math.max(5, expiry - Date.now() / 1_000 - secondsAhead);

    this.timer = window.setTimeout(() => this.plan(), Math.min(wait * 1_000, 2 ** 31 - 1));
  }

  private load(address: string): void {
    if (!this.frame) {
      this.frame = document.createElement('iframe');
      this.frame.title = this.getAttribute('title') ?? this.kind;
      this.frame.allow = 'fullscreen';
      Object.assign(this.frame.style, { display: 'block', width: '100%', minHeight: '8rem', border: '0' });
      this.style.display ||= 'block';
    }
    if (this.frame.src !== address) this.frame.src = address;
    if (!this.frame.isConnected) {
      this.append(this.frame);
      sizeFrame(this.frame, { scrolling: 'auto' });
    }
  }

  private wishes(): Wishes {
    return {
      hasTitle: this.getAttribute('with-title') !== 'false',
      hasDownloads: this.getAttribute('with-downloads') === 'true',
      parameters: (this.json('parameters') ?? this.json('initial-parameters') ?? {}) as Wishes['parameters'],
      hiddenParameters: (this.json('hidden-parameters') ?? []) as string[],
      refresh: Number(this.getAttribute('auto-refresh-interval') ?? 0),
    };
  }

  /** Attributes hold JSON; what is none counts as absent. */
  private json(name: string): unknown {
    const text = this.getAttribute(name);
    if (!text) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  }
}

class DashboardElement extends PublishedElement {
  readonly kind = 'dashboard';
}

class QuestionElement extends PublishedElement {
  readonly kind = 'question';
}

if (!customElements.get('metabase-dashboard')) {
  customElements.define('metabase-dashboard', DashboardElement);
  customElements.define('metabase-question', QuestionElement);
}

window.defineMetabaseConfig = (next) => {
  window.metabaseConfig = next;
  elements.forEach((element) => element.plan());
};
