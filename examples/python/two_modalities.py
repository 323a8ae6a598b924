"""Brings image and text features together with scikit-learn.

Two recordings of the same 300 things: 64 image features and 40 text features, both made from one
hidden signal. The last function is refused by scikit-learn when it runs, so it is not called.
"""

import numpy as np
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def make_pairs(count=300, seed=4):
    rng = np.random.default_rng(seed)
    hidden = rng.normal(size=(count, 2))
    images = hidden @ rng.normal(size=(2, 64)) + rng.normal(size=(count, 64))
    texts = hidden @ rng.normal(size=(2, 40)) + rng.normal(size=(count, 40))
    return images, texts, (hidden[:, 0] > 0).astype(int)


def align(images, texts):
    image_features = PCA(n_components=2).fit_transform(StandardScaler().fit_transform(images))
    text_features = PCA(n_components=2).fit_transform(StandardScaler().fit_transform(texts))
    joint = PCA(n_components=2).fit(image_features, text_features)
    return image_features, text_features, joint


def classify(image_features, labels):
    model = LogisticRegression().fit(image_features, labels)
    print("accuracy:", round(model.score(image_features, labels), 3))
    return model


def predict_text_from_images(images, texts):
    image_features = PCA(n_components=2).fit_transform(images)
    text_features = PCA(n_components=2).fit_transform(texts)
    return LogisticRegression().fit(image_features, text_features[:, 0])


def main():
    images, texts, labels = make_pairs()
    image_features, text_features, joint = align(images, texts)
    print("variance explained by the joint axes:", np.round(joint.explained_variance_ratio_, 3))
    classify(image_features, labels)


if __name__ == "__main__":
    main()
