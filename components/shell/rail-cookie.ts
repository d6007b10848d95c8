/** A cookie, since the server has to know it before the first paint. */
export const RAIL_COOKIE = 'gs-rail';
/** Its value where the rail shows icons alone; absent, it shows words as well. */
export const RAIL_FOLDED = 'folded';
