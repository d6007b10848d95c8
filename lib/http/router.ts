import { answerActivityFile } from '#lib/http/activity-file.ts';
import { answerAvatar } from '#lib/http/avatar.ts';
import { answerBrowserLogin, BROWSER_LOGIN } from '#lib/http/browser-login.ts';
import { corsHeaders, preflightReply } from '#lib/http/cors.ts';
import { answerDownload } from '#lib/http/download.ts';
import { errorReply } from '#lib/http/errors.ts';
import { answerEvents } from '#lib/http/events.ts';
import { answerExecutorPicture } from '#lib/http/executor-picture.ts';
import { answerExportFile } from '#lib/http/export-file.ts';
import type { PlainReply, PlainRequest } from '#lib/http/message.ts';
import { answerRegistryEvents, REGISTRY_EVENTS } from '#lib/http/registry-events.ts';
import { answerRegistryToken, REGISTRY_TOKEN } from '#lib/http/registry-token.ts';
import { logFailure } from '#lib/http/request-log.ts';
import { answerRpc } from '#lib/http/rpc.ts';
import { statusPaths } from '#lib/http/status.ts';
import { methods } from '#lib/rpc/methods.ts';

/** What answers a path, and the name that logs and metrics use for it. */
export interface Route {
  name: string;
  answer(request: PlainRequest): Promise<PlainReply>;
}

const RPC = '/v2/rpc/';
const ALIAS = '/v2/';
const DOWNLOAD = '/download/';
const V1_EXECUTORS = '/v1/executors';
const EVENTS = '/api/events';
const ACTIVITY_FILE = '/api/activity.csv';
const AVATAR = '/api/avatar';
const EXECUTOR_PICTURE = '/api/executor-picture';
const EXPORT_FILE = '/api/export.zip';

/** The method that a path below `/v2/` names, in either spelling (contract 1.2). */
function methodName(path: string): string {
  const text = path.startsWith(RPC) ? path.slice(RPC.length) : path.slice(ALIAS.length).replaceAll('/', '.');
  return text.replace(/[/.]+$/, '');
}

function rpcRoute(path: string): Route {
  const method = methodName(path);
  const name = Object.hasOwn(methods, method) ? method : 'unknown method';
  return { name, answer: (request) => answerRpc(method, request) };
}

/** The methods behind the paths of jina 2, whose verbs say what is meant (contract 10.2). */
function v1Route(path: string): Route {
  const id = path.slice(V1_EXECUTORS.length).replace(/^\/|\/$/g, '');
  const answer = (request: PlainRequest) => {
    if (request.verb === 'GET') {
      const query = [request.query, `id=${id}`].filter(Boolean).join('&');
      return answerRpc('v1.executors.get', { ...request, query });
    }
    if (request.verb === 'PUT') return answerRpc('v1.executors.update', { ...request, verb: 'POST' });
    return answerRpc('v1.executors.create', request);
  };
  return { name: V1_EXECUTORS, answer };
}

/** What of our API answers this path, or null when it belongs to the pages. */
export function findRoute(path: string): Route | null {
  const status = Object.hasOwn(statusPaths, path) ? statusPaths[path] : undefined;
  if (status) return { name: path, answer: status };
  if (path === BROWSER_LOGIN) return { name: BROWSER_LOGIN, answer: answerBrowserLogin };
  if (path.startsWith(ALIAS)) return rpcRoute(path);
  if (path === V1_EXECUTORS || path.startsWith(`${V1_EXECUTORS}/`)) return v1Route(path);
  if (path.startsWith(DOWNLOAD))
    return { name: 'download', answer: (request) => answerDownload(path.slice(DOWNLOAD.length), request) };
  if (path === ACTIVITY_FILE) return { name: ACTIVITY_FILE, answer: answerActivityFile };
  if (path === AVATAR) return { name: AVATAR, answer: answerAvatar };
  if (path === EXECUTOR_PICTURE) return { name: EXECUTOR_PICTURE, answer: answerExecutorPicture };
  if (path === EXPORT_FILE) return { name: EXPORT_FILE, answer: answerExportFile };
  if (path === REGISTRY_TOKEN) return { name: REGISTRY_TOKEN, answer: answerRegistryToken };
  if (path === REGISTRY_EVENTS) return { name: REGISTRY_EVENTS, answer: answerRegistryEvents };
  if (path === EVENTS) return { name: EVENTS, answer: answerEvents };
  return null;
}

/** Answers a request by its route; never throws. */
export async function answerRoute(route: Route, request: PlainRequest): Promise<PlainReply> {
  if (request.verb === 'OPTIONS') return preflightReply(request);
  try {
    const reply = await route.answer(request);
    return { ...reply, headers: { ...reply.headers, ...corsHeaders(request) } };
  } catch (error) {
    logFailure(error, route.name, request);
    return errorReply(error, request.requestId);
  }
}
