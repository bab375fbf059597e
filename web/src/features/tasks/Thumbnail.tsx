import { useEffect, useState } from "react";
import { Icon } from "../../components/Icon";
import css from "./Thumbnail.module.css";
import { thumbnail } from "./thumbnails";

/** A small picture; its place keeps its size while it is made. */
export function Thumbnail({ asset, name }: { asset: string | null; name: string }) {
  const [made, setMade] = useState<{ asset: string | null; url: string | null } | null>(asset ? null : { asset, url: null });
  useEffect(() => {
    if (!asset) return;
    const left = new AbortController();
    void thumbnail(asset, left.signal).then(url => {
      if (!left.signal.aborted) setMade({ asset, url });
    });
    return () => left.abort();
  }, [asset]);
  const url = made?.asset === asset ? made?.url : undefined;
  return (
    <span className={css.thumbnail} data-missing={url === null}>
      {url && <img src={url} alt={name} />}
      {url === null && <Icon name="image" size={24} />}
    </span>
  );
}
