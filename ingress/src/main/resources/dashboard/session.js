// The key lives in this tab's session storage and in the header of requests, never in an address.
const KEY = "sluice.key";

export const key = () => sessionStorage.getItem(KEY);

export const remember = (text) => sessionStorage.setItem(KEY, text);

export const forget = () => sessionStorage.removeItem(KEY);

/** Whether to offer what only an administrator may see; the server decides what anybody may. */
export const looksLikeAdmin = () => (key() ?? "").split(".")[1] === "_admin";
