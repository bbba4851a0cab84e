using System.Buffers;
using System.Security.Cryptography;

namespace PushPruner.LocalAws;

/// <summary>A blob as it comes in, chunk by chunk: on disk, hashed on its way there.</summary>
sealed class BlobUpload(string repository, string path) : IDisposable
{
    const int BufferSize = 128 * 1024;

    readonly FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly SemaphoreSlim gate = new(1);

    internal string Repository => repository;

    internal string Path => path;

    internal long Length { get; private set; }

    /// <param name="body">What comes next.</param>
    /// <param name="start">Where the sender says that it belongs; null when it doesn't say.</param>
    /// <param name="cancellationToken">The sender is gone. What came until then counts.</param>
    /// <returns>False when it doesn't belong at the end of what is there.</returns>
    internal async Task<bool> AppendAsync(Stream body, long? start, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (start is { } given && given != Length)
                return false;
            for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                // Written as a whole or not at all: file, hash and length must agree for the next request.
                await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
                hash.AppendData(buffer, 0, read);
                Length += read;
            }

            return true;
        }
        finally
        {
            gate.Release();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Ends it.</summary>
    /// <returns>The digest of what came.</returns>
    internal string Close()
    {
        file.Dispose();
        return $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
        gate.Dispose();
        File.Delete(path);
    }
}
