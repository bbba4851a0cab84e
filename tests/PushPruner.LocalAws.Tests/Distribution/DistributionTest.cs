using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PushPruner.LocalAws.Tests.Distribution;

/// <summary>A registry behind the distribution API, and a client of it.</summary>
public abstract class DistributionTest : RegistryTest, IAsyncLifetime
{
    readonly HttpClient client = new();
    LocalAwsServer? server;

    protected static readonly byte[] Config = "{}"u8.ToArray();
    protected static readonly byte[] Layer = Encoding.UTF8.GetBytes(new string('x', 10_000));

    /// <summary>An image of <see cref="Config"/> and <see cref="Layer"/>.</summary>
    protected static readonly string Image = ImageOf("one");

    public async ValueTask InitializeAsync() => server = await LocalAwsServer.StartAsync(Registry);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Uri Url => server!.Url;

    protected async Task ServeAsync(LocalRegistryOptions options)
    {
        await server!.DisposeAsync();
        Where(options);
        server = await LocalAwsServer.StartAsync(Registry);
    }

    protected static string DigestOf(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    protected static string DigestOf(string content) => DigestOf(Encoding.UTF8.GetBytes(content));

    protected static string ImageOf(string name, string? subject = null)
    {
        var referrer = $$"""
            "artifactType":"application/spdx+json","subject":{"mediaType":"{{ManifestMediaTypes.OciImage}}","digest":"{{subject}}","size":1},
            """;
        return $$"""
            {"schemaVersion":2,"mediaType":"{{ManifestMediaTypes.OciImage}}",
            "config":{"mediaType":"{{ManifestMediaTypes.OciConfig}}","digest":"{{DigestOf(Config)}}","size":{{Config.Length}}},
            "layers":[{"mediaType":"{{ManifestMediaTypes.OciLayer}}","digest":"{{DigestOf(Layer)}}","size":{{Layer.Length}}}],
            {{(subject is null ? "" : referrer)}}
            "annotations":{"name":"{{name}}"} }
            """;
    }

    protected static string IndexOf(params string[] manifests)
    {
        var members = manifests.Select(m =>
            $"{{\"mediaType\":\"{ManifestMediaTypes.OciImage}\",\"digest\":\"{DigestOf(m)}\",\"size\":{m.Length}}}");
        return $$"""{"schemaVersion":2,"mediaType":"{{ManifestMediaTypes.OciManifestList}}","manifests":[{{string.Join(',', members)}}]}""";
    }

    protected async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, byte[]? body = null, string? type = null, string? range = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(server!.Url, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (type is not null)
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
            if (range is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Range", range);
        }

        return await client.SendAsync(request);
    }

    protected async Task<string> StartUploadAsync(string repository = App)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/v2/{repository}/blobs/uploads/");
        ((int)answer.StatusCode).ShouldBe(202);
        return answer.Headers.Location!.ToString();
    }

    protected async Task UploadAsync(byte[] blob, string repository = App)
    {
        using var answer = await SendAsync(HttpMethod.Put, $"{await StartUploadAsync(repository)}?digest={DigestOf(blob)}", blob);
        ((int)answer.StatusCode).ShouldBe(201);
    }

    protected async Task UploadBlobsAsync(string repository = App)
    {
        await UploadAsync(Config, repository);
        await UploadAsync(Layer, repository);
    }

    protected Task<HttpResponseMessage> PutAsync(
        string manifest,
        string reference,
        string repository = App,
        string type = ManifestMediaTypes.OciImage
    ) => SendAsync(HttpMethod.Put, $"/v2/{repository}/manifests/{reference}", Encoding.UTF8.GetBytes(manifest), type);

    protected async Task PushAsync(string manifest, string reference, string type = ManifestMediaTypes.OciImage)
    {
        using var answer = await PutAsync(manifest, reference, type: type);
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
    }

    protected static async Task<string> RefusedAsync(Task<HttpResponseMessage> asked, int status, string code)
    {
        using var answer = await asked;
        var body = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, body);
        var error = JsonElement.Parse(body).GetProperty("errors")[0];
        error.GetProperty("code").GetString().ShouldBe(code);
        return error.GetProperty("message").GetString()!;
    }

    protected static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).ShouldHaveSingleItem();
}
