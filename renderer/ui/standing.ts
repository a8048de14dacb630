/** How something stands: fine, to be watched, wrong, or nothing to say of it (not applicable, not known, not yet). */
export type Standing = 'ok' | 'warn' | 'bad' | 'none'
