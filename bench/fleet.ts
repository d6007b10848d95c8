import type { Server, ServerName } from './server.ts';
import { startBare } from './servers/bare.ts';
import { startDockerRegistry } from './servers/docker-registry.ts';
import { startEmptyAppRouter } from './servers/empty-app-router.ts';
import { type Station, startAppRouter, startGroundstation } from './servers/groundstation.ts';
import { startMinio } from './servers/minio.ts';

/** Everything that runs during the measurements. */
export interface Fleet {
  servers: Map<ServerName, Server>;
  /** Groundstation with what was put into it. */
  station: Station;
  /** Names of neighbours that are not installed here. */
  absent: string[];
  stop(): Promise<void>;
}

/**
 * Starts the servers that are wanted, where they are installed.
 * @param folder for the data of the references; Groundstation has a temporary one of its own.
 * @param needsList fills MinIO with the ten thousand objects of a list.
 */
export async function startFleet(
  wanted: Set<ServerName>,
  folder: string,
  needsList: boolean,
): Promise<Fleet> {
  const servers = new Map<ServerName, Server>();
  const absent: string[] = [];
  const add = (server: Server) => servers.set(server.name, server);
  const addIfThere = (label: string, server: Server | null) => (server ? add(server) : absent.push(label));
  const stop = async () => {
    // The first one owns the Postgres that others use.
    for (const server of [...servers.values()].reverse()) await server.stop();
  };
  try {
    const { server, station } = await startGroundstation();
    add(server);
    if (wanted.has('app-router')) add(await startAppRouter(station));
    const { databaseUrl } = station.server;
    if (wanted.has('bare') || wanted.has('bare-memory'))
      for (const bare of await startBare(folder, databaseUrl, station.postmaster)) add(bare);
    if (wanted.has('empty-app-router')) add(await startEmptyAppRouter());
    if (wanted.has('minio')) addIfThere('MinIO', await startMinio(folder, needsList));
    if (wanted.has('docker-registry')) addIfThere('docker-registry', await startDockerRegistry(folder));
    return { servers, station, absent, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
